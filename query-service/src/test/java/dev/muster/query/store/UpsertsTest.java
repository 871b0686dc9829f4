package dev.muster.query.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.infrastructure.TestServers;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Criteria;

class UpsertsTest {

  @Document("upserted")
  private record Row(@Id String id, long version, String text) implements VersionedRow {

    @Override
    public Criteria replaceable() {
      return Criteria.where("version").lte(version);
    }
  }

  private TestStore store;

  @BeforeEach
  void open() {
    store = TestStore.at(TestServers.shared().mongoUri("upserts"));
    store.mongo().dropCollection(Row.class);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_row_does_not_replace_a_newer_one() {
    write(new Row("a", 2, "newer"));

    write(new Row("a", 1, "older"));

    assertThat(text("a")).isEqualTo("newer");
  }

  @Test
  void of_rows_written_together_those_that_are_newer_are_written() {
    write(new Row("a", 2, "newer"), new Row("b", 1, "older"));

    write(new Row("a", 1, "older"), new Row("b", 2, "newer"), new Row("c", 1, "first"));

    assertThat(text("a")).isEqualTo("newer");
    assertThat(text("b")).isEqualTo("newer");
    assertThat(text("c")).isEqualTo("first");
  }

  @Test
  void the_same_version_is_written_again() {
    write(new Row("a", 1, "once"));

    write(new Row("a", 1, "again"));

    assertThat(text("a")).isEqualTo("again");
  }

  private void write(Row... rows) {
    var byId = new LinkedHashMap<String, Row>();
    for (var row : rows) {
      byId.put(row.id(), row);
    }
    store.upserts().replace(Row.class, byId);
  }

  private String text(String id) {
    return Objects.requireNonNull(store.mongo().findById(id, Row.class)).text();
  }
}
