package dev.muster.infrastructure.documents;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the lists of the platform are found among 20,000 instances. */
class QueryPlanTest {

  private static final int INSTANCES = 20_000;
  private static final Document NEWEST_FIRST = new Document("_id", -1);
  private static final List<String> EVERY = List.of("creating", "running", "error");

  private final DocumentStore store = DocumentStore.inMemory();
  private final List<SecondaryIndex> indexes =
      List.of(
          index("status", new IndexKey("status", true), new IndexKey("_id", false)),
          index(
              "region",
              new IndexKey("region", true),
              new IndexKey("status", true),
              new IndexKey("_id", false)),
          index("name", new IndexKey("name", true), new IndexKey("_id", false)),
          index("position", new IndexKey("position", true)));

  @BeforeEach
  void fill() {
    for (int i = 0; i < INSTANCES; i++) {
      var row =
          new Document("_id", "inst_%05d".formatted(i))
              .append("status", i % 999 == 0 ? "error" : "running")
              .append("region", i % 2 == 0 ? "east" : "west")
              .append("name", "bot-" + i)
              .append("position", (long) i);
      for (var index : indexes) {
        index.put(row);
      }
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void most_instances_are_found_by_their_ids() {
    assertThat(plan(status(EVERY), NEWEST_FIRST)).isEqualTo(new Plan(null, true));
  }

  @Test
  void few_by_their_status_and_region_in_order() {
    assertThat(plan(status(List.of("error")), NEWEST_FIRST)).isEqualTo(new Plan("status", true));
    assertThat(plan(status(EVERY).append("region", "east"), NEWEST_FIRST).inOrder()).isTrue();
    assertThat(plan(status(List.of("error")).append("region", "east"), NEWEST_FIRST))
        .isEqualTo(new Plan("region", true));
  }

  @Test
  void those_of_a_name_by_that_unless_most_have_it() {
    assertThat(plan(status(EVERY).append("name", between("bot-1999", "bot-199:")), NEWEST_FIRST))
        .isEqualTo(new Plan("name", true));
    assertThat(plan(status(EVERY).append("name", between("bot", "bou")), NEWEST_FIRST))
        .isEqualTo(new Plan(null, true));
  }

  @Test
  void the_last_before_a_position_is_the_first_of_its_index() {
    var query = new Document("position", new Document("$lte", 12_345L));
    var plan =
        QueryPlan.of(query, new Document("position", -1), 1, IdRange.ALL, () -> INSTANCES, indexes);

    assertThat(plan.inOrder()).isTrue();
    assertThat(plan.scan().orElseThrow().ids("position", true).limit(2).toList())
        .isEqualTo(List.of("inst_12345", "inst_12344"));
  }

  private record Plan(@Nullable String index, boolean inOrder) {}

  private Plan plan(Document query, Document order) {
    var plan = QueryPlan.of(query, order, 100, IdRange.ALL, () -> INSTANCES, indexes);
    return new Plan(plan.scan().map(scan -> scan.index().getName()).orElse(null), plan.inOrder());
  }

  private static Document status(List<String> among) {
    return new Document("status", new Document("$in", new ArrayList<>(among)));
  }

  private static Document between(String first, String beyond) {
    return new Document("$gte", first).append("$lt", beyond);
  }

  private SecondaryIndex index(String name, IndexKey... keys) {
    return new SecondaryIndex(name, List.of(keys), false, store.index("one", "things", name));
  }
}
