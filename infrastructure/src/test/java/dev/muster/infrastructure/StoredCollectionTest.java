package dev.muster.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is read in the order of ids, against a list that is put in order by hand. */
class StoredCollectionTest {

  private static final Random RANDOM = new Random(5);

  private static MongoWireServer server;
  private static MongoClient client;

  @BeforeAll
  static void start() {
    server = MongoWireServer.start(0);
    client = MongoClients.create(server.uri("order"));
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Test
  void pages_are_in_order_whatever_was_written_changed_and_removed() {
    var things = things("changing");
    var model = new TreeMap<String, String>();
    for (int i = 0; i < 2_000; i++) {
      var id = "id-%03d".formatted(RANDOM.nextInt(500));
      if (RANDOM.nextInt(3) == 0) {
        things.deleteOne(Filters.eq("_id", id));
        model.remove(id);
      } else {
        var status = RANDOM.nextBoolean() ? "on" : "off";
        things.replaceOne(
            Filters.eq("_id", id), thing(id, status), new ReplaceOptions().upsert(true));
        model.put(id, status);
      }
    }

    assertThat(ids(things, new Document(), Sorts.ascending("_id"), 0))
        .isEqualTo(List.copyOf(model.keySet()));
    assertThat(ids(things, new Document(), Sorts.descending("_id"), 7))
        .isEqualTo(model.descendingKeySet().stream().limit(7).toList());
    var some = model.floorKey("id-250");
    assertThat(ids(things, Filters.lt("_id", some), Sorts.descending("_id"), 9))
        .isEqualTo(model.headMap(some, false).descendingKeySet().stream().limit(9).toList());
    assertThat(
            ids(
                things,
                Filters.and(Filters.gt("_id", some), Filters.eq("status", "on")),
                Sorts.ascending("_id"),
                9))
        .isEqualTo(
            model.tailMap(some, false).entrySet().stream()
                .filter(thing -> thing.getValue().equals("on"))
                .map(thing -> thing.getKey())
                .limit(9)
                .toList());
  }

  @Test
  void ids_that_are_no_text_are_in_order_too() {
    var things = things("mixed");
    things.insertMany(List.of(new Document("_id", 2), new Document("_id", 1)));

    assertThat(things.find().sort(Sorts.ascending("_id")).map(thing -> thing.get("_id")))
        .containsExactly(1, 2);
  }

  @Test
  void another_order_is_another_order() {
    var things = things("others");
    things.insertMany(List.of(thing("a", "2"), thing("b", "1"), thing("c", "2")));

    assertThat(ids(things, new Document(), Sorts.ascending("status", "_id"), 0))
        .containsExactly("b", "a", "c");
  }

  private static MongoCollection<Document> things(String name) {
    return client.getDatabase("order").getCollection(name);
  }

  private static Document thing(String id, String status) {
    return new Document("_id", id).append("status", status);
  }

  private static List<String> ids(
      MongoCollection<Document> things, Bson filter, Bson order, int limit) {
    return things
        .find(filter)
        .sort(order)
        .limit(limit)
        .map(thing -> thing.getString("_id"))
        .into(new ArrayList<>());
  }
}
