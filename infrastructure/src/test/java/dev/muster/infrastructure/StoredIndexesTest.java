package dev.muster.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A collection with indexes answers as one without does. */
class StoredIndexesTest {

  private static final ServerLogin LOGIN = new ServerLogin("muster", "secret");
  private static final int IDS = 60;
  private static final List<Object> VALUES =
      Arrays.asList(
          "a", "ab", "b", "ä", "", 1, 1L, 2.0, 2.5, -3, true, null, List.of("a", "b"), List.of());

  @TempDir Path folder;
  private int place;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void any_query_after_any_writes(long seed) {
    var random = new Random(seed);
    during(
        (indexed, plain) -> {
          write(random, indexed, plain);
          index(indexed);
          write(random, indexed, plain);
          compare(random, indexed, plain);
        });
    during(
        (indexed, plain) -> {
          index(indexed);
          write(random, indexed, plain);
          compare(random, indexed, plain);
          indexed.drop();
          plain.drop();
          write(random, indexed, plain);
          index(indexed);
          compare(random, indexed, plain);
        });
  }

  @Test
  void an_index_is_listed_and_can_be_dropped() {
    during(
        (indexed, _) -> {
          index(indexed);
          indexed.insertOne(new Document("_id", 1).append("one", "a"));
          assertThat(indexed.listIndexes().map(index -> index.getString("name")))
              .contains("_id_", "one_1__id_-1", "two_1");
          indexed.dropIndex("one_1__id_-1");
          assertThat(indexed.find(Filters.eq("one", "a"))).hasSize(1);
          index(indexed);
          assertThat(indexed.find(Filters.eq("one", "a"))).hasSize(1);
        });
  }

  private static void index(MongoCollection<Document> things) {
    things.createIndex(Indexes.compoundIndex(Indexes.ascending("one"), Indexes.descending("_id")));
    things.createIndex(
        Indexes.compoundIndex(Indexes.ascending("two", "one"), Indexes.descending("_id")));
    things.createIndex(Indexes.ascending("two"));
    things.createIndex(Indexes.ascending("place"));
    things.createIndex(Indexes.ascending("inner.one"));
  }

  private void write(
      Random random, MongoCollection<Document> indexed, MongoCollection<Document> plain) {
    for (int i = 0; i < 4 * IDS; i++, place++) {
      var byId = Filters.eq("_id", random.nextInt(IDS));
      if (random.nextInt(5) == 0) {
        indexed.deleteOne(byId);
        plain.deleteOne(byId);
      } else {
        var thing = new Document("place", place);
        for (var field : List.of("one", "two", "three")) {
          if (random.nextInt(8) > 0) {
            thing.append(field, any(random));
          }
        }
        indexed.replaceOne(byId, thing, new ReplaceOptions().upsert(true));
        plain.replaceOne(byId, thing, new ReplaceOptions().upsert(true));
      }
    }
  }

  private static void compare(
      Random random, MongoCollection<Document> indexed, MongoCollection<Document> plain) {
    for (int i = 0; i < 300; i++) {
      var query = query(random);
      var order = order(random);
      int skip = random.nextInt(3);
      int limit = random.nextInt(12);
      assertThat(indexed.find(query).sort(order).skip(skip).limit(limit))
          .as("%s %s skip %d limit %d", query, order, skip, limit)
          .containsExactlyElementsOf(
              plain.find(query).sort(order).skip(skip).limit(limit).into(new ArrayList<>()));
      assertThat(indexed.countDocuments(query)).isEqualTo(plain.countDocuments(query));
      assertThat(indexed.find(query).sort(new Document()))
          .containsExactlyInAnyOrderElementsOf(plain.find(query).into(new ArrayList<>()));
    }
  }

  private static Bson query(Random random) {
    var query = new Document();
    for (var field : List.of("one", "two", "three")) {
      if (random.nextInt(2) == 0) {
        query.append(field, condition(random));
      }
    }
    if (random.nextInt(3) == 0) {
      query.append(
          random.nextBoolean() ? "_id" : "place",
          new Document(random.nextBoolean() ? "$lt" : "$gte", random.nextInt(IDS)));
    }
    return query;
  }

  private static Object condition(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> new Document("$in", Arrays.asList(scalar(random), scalar(random), any(random)));
      case 1 -> new Document("$in", Arrays.asList(scalar(random), scalar(random)));
      case 2 -> new Document("$gte", scalar(random)).append("$lt", scalar(random));
      case 3 -> new Document(random.nextBoolean() ? "$gt" : "$lte", scalar(random));
      case 4 -> new Document("$ne", scalar(random));
      default -> scalar(random);
    };
  }

  private static Bson order(Random random) {
    var byId = random.nextBoolean() ? Sorts.ascending("_id") : Sorts.descending("_id");
    return random.nextInt(4) == 0 ? Sorts.descending("place") : byId;
  }

  private static Object any(Random random) {
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  private static Object scalar(Random random) {
    return VALUES.get(random.nextInt(VALUES.size() - 3));
  }

  private void during(BiConsumer<MongoCollection<Document>, MongoCollection<Document>> work) {
    try (var server = MongoWireServer.start(0, folder, LOGIN);
        var client = MongoClients.create(server.uri("admin"))) {
      work.accept(things(client, "indexed"), things(client, "plain"));
    }
  }

  private static MongoCollection<Document> things(MongoClient client, String database) {
    return client.getDatabase(database).getCollection("things");
  }
}
