package dev.muster.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the file when a server is started again over it. */
class StoredDocumentsTest {

  private static final ServerLogin LOGIN = new ServerLogin("muster", "secret");

  @TempDir Path folder;

  @Test
  void everything_is_there_after_a_restart() {
    var whole =
        new Document("_id", "a")
            .append("text", "ä\u0000€😀")
            .append("number", 7)
            .append("long", Long.MAX_VALUE)
            .append("float", 0.5)
            .append("yes", true)
            .append("nothing", null)
            .append("at", new Date(1))
            .append("list", List.of(1, "b", new Document("c", 2)))
            .append("inner", new Document("d", new Document("e", 3)));
    during(
        client -> {
          client.getDatabase("one").getCollection("things").insertOne(whole);
          client.getDatabase("one").getCollection("gone").insertOne(new Document("_id", 1));
          client.getDatabase("one").getCollection("gone").drop();
          client.getDatabase("two").getCollection("numbers").insertOne(new Document("_id", 2));
          client.getDatabase("two").getCollection("numbers").insertOne(new Document("_id", 1));
        });
    during(
        client -> {
          var one = client.getDatabase("one");
          assertThat(one.getCollection("things").find()).containsExactly(whole);
          assertThat(one.getCollection("gone").find()).isEmpty();
          assertThat(one.listCollectionNames()).containsExactly("things");
          assertThat(client.getDatabase("two").getCollection("numbers").find())
              .containsExactly(new Document("_id", 1), new Document("_id", 2));
        });
  }

  @Test
  void a_row_is_changed_under_a_condition_and_under_no_other() {
    during(
        client -> {
          var things = client.getDatabase("one").getCollection("things");
          var upsert = new ReplaceOptions().upsert(true);
          var older = Filters.and(Filters.eq("_id", "a"), Filters.lt("version", 2));
          things.replaceOne(older, new Document("_id", "a").append("version", 2), upsert);
          assertThat(things.find()).hasSize(1);

          assertThatThrownBy(
                  () ->
                      things.replaceOne(
                          older, new Document("_id", "a").append("version", 1), upsert))
              .hasMessageContaining("duplicate key");
          assertThat(things.find().first()).containsEntry("version", 2);
          assertThat(
                  things.updateOne(Filters.eq("_id", "a"), Updates.set("x", 1)).getModifiedCount())
              .isEqualTo(1);
          assertThat(things.find().first()).containsEntry("x", 1).containsEntry("version", 2);
        });
  }

  @Test
  void a_page_of_many_documents_is_one_of_the_range() {
    during(
        client -> {
          var things = client.getDatabase("one").getCollection("things");
          things.insertMany(
              IntStream.range(0, 3_000)
                  .mapToObj(i -> new Document("_id", "id-%04d".formatted(i)))
                  .toList());
          var page =
              things
                  .find(Filters.and(Filters.gte("_id", "id-1000"), Filters.lte("_id", "id-1002")))
                  .sort(Sorts.descending("_id"))
                  .map(thing -> thing.getString("_id"));
          assertThat(page).containsExactly("id-1002", "id-1001", "id-1000");
          assertThat(things.find(Filters.in("_id", "id-2999", "id-0000", "id-x"))).hasSize(2);
          assertThat(things.countDocuments(Filters.gt("_id", "id-0999"))).isEqualTo(2_000);
          assertThat(things.deleteMany(Filters.lt("_id", "id-2000")).getDeletedCount())
              .isEqualTo(2_000);
          assertThat(things.countDocuments()).isEqualTo(1_000);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"no store", "", "H:2,block:1,chunk:1,format:99,created:1,version:1"})
  void a_file_that_is_none_is_put_aside_and_the_store_is_empty(String content) throws Exception {
    Files.writeString(folder.resolve("documents.mv"), content + " ".repeat(9_000));
    during(
        client -> {
          var things = client.getDatabase("one").getCollection("things");
          assertThat(things.find()).isEmpty();
          things.insertOne(new Document("_id", "a"));
        });
    during(
        client -> assertThat(client.getDatabase("one").getCollection("things").find()).hasSize(1));
    assertThat(folder.resolve("documents.unreadable")).exists();
  }

  @Test
  void a_file_that_was_cut_short_or_overwritten_is_read_as_far_as_it_goes_or_made_anew()
      throws Exception {
    during(
        client -> {
          for (int i = 0; i < 2_000; i++) {
            client
                .getDatabase("one")
                .getCollection("things")
                .insertOne(new Document("_id", i).append("text", "x".repeat(100)));
          }
        });
    var file = folder.resolve("documents.mv");
    var size = Files.size(file);
    for (var keep : List.of(size / 2, 5_000L, 100L)) {
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(keep);
        channel.write(ByteBuffer.wrap(new byte[50]), keep / 2);
      }
      try {
        during(StoredDocumentsTest::readAndWrite);
      } catch (MongoException e) {
        assertThat(e).hasMessageContaining("the read store's file is damaged; start again");
        during(StoredDocumentsTest::readAndWrite);
      }
    }
  }

  private static void readAndWrite(MongoClient client) {
    var things = client.getDatabase("one").getCollection("things");
    assertThat(things.find().sort(Sorts.ascending("_id"))).hasSizeLessThan(2_001);
    things.replaceOne(Filters.eq("_id", -1), new Document(), new ReplaceOptions().upsert(true));
  }

  @Test
  void a_document_that_is_damaged_is_told_of_and_the_next_start_begins_anew() throws Exception {
    var text = "t".repeat(100);
    during(
        client ->
            client
                .getDatabase("one")
                .getCollection("things")
                .insertOne(new Document("_id", "a").append("text", text)));
    var file = folder.resolve("documents.mv");
    var at = Files.readString(file, StandardCharsets.ISO_8859_1).lastIndexOf(text);
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      // Its length comes before it.
      channel.write(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1}), at - 4);
    }

    during(
        client ->
            assertThatThrownBy(
                    () -> client.getDatabase("one").getCollection("things").find().first())
                .isInstanceOf(MongoException.class)
                .hasMessageContaining("the read store's file is damaged; start again"));
    during(
        client -> {
          var things = client.getDatabase("one").getCollection("things");
          assertThat(things.find()).isEmpty();
          things.insertOne(new Document("_id", "b"));
        });
    during(
        client -> assertThat(client.getDatabase("one").getCollection("things").find()).hasSize(1));
    assertThat(folder.resolve("documents.unreadable")).exists();
  }

  @Test
  void a_second_process_is_told_that_the_folder_is_taken() {
    during(
        _ ->
            assertThatThrownBy(() -> MongoWireServer.start(0, folder, LOGIN).close())
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("cannot open " + folder));
  }

  private void during(Consumer<MongoClient> work) {
    try (var server = MongoWireServer.start(0, folder, LOGIN);
        var client = MongoClients.create(server.uri("admin"))) {
      work.accept(client);
    }
  }
}
