package dev.muster.query.instance.current;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.infrastructure.TestServers;
import dev.muster.query.store.TestStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.data.mongodb.core.index.IndexField;
import org.springframework.data.mongodb.core.index.IndexInfo;

/** Every shape of list has an index that begins with what is equal and ends with the order. */
class ListIndexesTest {

  private static TestStore store;
  private static List<IndexInfo> indexes = List.of();

  @BeforeAll
  static void make() {
    store = TestStore.at(TestServers.shared().mongoUri("list_indexes"));
    store.indexes().ensure();
    indexes = store.mongo().indexOps(InstanceRow.class).getIndexInfo();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-,       -,         status _id",
        "running, -,         status _id",
        "all,     -,         _id",
        "-,       us-east-1, region status _id",
        "stopped, us-east-1, region status _id",
        "all,     us-east-1, region status _id",
      })
  void a_page_is_read_in_the_order_of_an_index(
      @Nullable String status, @Nullable String region, String index) {
    var fields = Arrays.asList(index.split(" "));
    var filter = InstanceFilter.of(status, region, null, null).criteria().getCriteriaObject();

    var equal = new ArrayList<>(filter.keySet());
    equal.add("_id");

    assertThat(equal).isEqualTo(fields);
    assertThat(indexes).anyMatch(it -> keys(it).equals(fields));
    assertThat(filter.values()).noneMatch(ListIndexesTest::isRange);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, -", "paused, -", "all, us-east-1"})
  void names_are_a_range_of_an_index(@Nullable String status, @Nullable String region) {
    var filter = InstanceFilter.of(status, region, "web-", null).criteria().getCriteriaObject();

    assertThat(isRange(filter.get("name"))).isTrue();
    assertThat(indexes).anyMatch(it -> keys(it).equals(List.of("name", "_id")));
  }

  @Test
  void the_first_label_is_equal_in_an_index() {
    var filter =
        InstanceFilter.of("all", null, null, "tier=web,app").criteria().getCriteriaObject();

    assertThat(filter.get("labels")).isEqualTo("tier=web");
    assertThat(indexes).anyMatch(it -> keys(it).equals(List.of("labels", "_id")));
  }

  private static boolean isRange(@Nullable Object condition) {
    return condition instanceof Document it && it.containsKey("$gte") && it.containsKey("$lt");
  }

  private static List<String> keys(IndexInfo index) {
    return index.getIndexFields().stream().map(IndexField::getKey).toList();
  }
}
