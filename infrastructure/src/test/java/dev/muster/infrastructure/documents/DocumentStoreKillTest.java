package dev.muster.infrastructure.documents;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed while it writes rows, moves others from group to group, and after each
 * writes the position that it has reached.
 */
class DocumentStoreKillTest {

  private static final int KILLS = 20;
  private static final int GROUPS = 5;
  private static final Random RANDOM = new Random();

  @TempDir Path folder;

  @Test
  void what_is_found_is_a_state_that_was_and_never_older_than_the_last_one_found()
      throws Exception {
    int found = -1;
    for (int kill = 0; kill < KILLS; kill++) {
      // The store commits after a second.
      killWhileItWrites(kill % 4 == 0 ? 12 : 1 + RANDOM.nextInt(12));
      try (var store = DocumentStore.in(folder)) {
        var some = new Some(store);
        int reached = some.reached();
        assertThat(reached).isGreaterThanOrEqualTo(found);
        for (int i = 0; i <= reached; i++) {
          assertThat(some.row(i)).as("row %d of %d", i, reached).isNotNull();
        }
        assertThat(some.rows.count()).isBetween(reached + 1, reached + 2);
        some.assertIndexIsWhole();
        found = reached;
      }
      assertThat(folder.resolve("documents.unreadable")).doesNotExist();
    }
    assertThat(found).isPositive();
  }

  private void killWhileItWrites(int lines) throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                java,
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DocumentStoreKillTest.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.PIPE)
            .start();
    try (var progress = process.inputReader()) {
      for (int line = 0; line < lines; ) {
        var printed = progress.readLine();
        assertThat(printed).isNotNull();
        line += printed.startsWith("at ") ? 1 : 0;
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Writes until it is killed, from where the store is, and prints a line every 100 ms. */
  public static void main(String[] arguments) {
    var some = new Some(DocumentStore.in(Path.of(arguments[0])));
    var next = System.nanoTime();
    for (int i = some.reached() + 1; ; i++) {
      some.put(some.rows, new Document("_id", i).append("group", i % GROUPS));
      some.put(some.rows, new Document("_id", i / 2).append("group", RANDOM.nextInt(GROUPS)));
      some.put(some.positions, new Document("_id", "reached").append("next", i));
      if (System.nanoTime() - next >= 0) {
        IO.println("at " + i);
        next += 100_000_000;
      }
    }
  }

  /** The collections, of which one has an index. */
  private static final class Some {

    private final MongoCollection<Object> rows;
    private final MongoCollection<Object> positions;

    Some(DocumentStore store) {
      var database = new StoredDatabase("some", store, new CursorRegistry());
      rows = collection(database, "rows");
      positions = collection(database, "positions");
      rows.addIndex(
          database.openOrCreateSecondaryIndex(
              "rows", "group_1", List.of(new IndexKey("group", true)), false));
    }

    private static MongoCollection<Object> collection(StoredDatabase database, String name) {
      var known = database.resolveCollection(name, false);
      return known == null
          ? database.createCollectionOrThrowIfExists(name, CollectionOptions.withDefaults())
          : known;
    }

    void put(MongoCollection<Object> to, Document document) {
      to.updateDocuments(
          new Document("_id", document.get("_id")),
          document,
          ArrayFilters.empty(),
          false,
          true,
          NoopOplog.get());
    }

    @Nullable Document row(int i) {
      return rows.handleQueryAsStream(new Document("_id", i)).findFirst().orElse(null);
    }

    int reached() {
      return positions
          .handleQueryAsStream(new Document("_id", "reached"))
          .map(position -> position.get("next") instanceof Integer next ? next : -1)
          .findFirst()
          .orElse(-1);
    }

    void assertIndexIsWhole() {
      var all = rows.queryAllAsStream().toList();
      for (int group = 0; group < GROUPS; group++) {
        var wanted = group;
        assertThat(rows.handleQueryAsStream(new Document("group", group)))
            .containsExactlyInAnyOrderElementsOf(
                all.stream()
                    .filter(row -> Integer.valueOf(wanted).equals(row.get("group")))
                    .toList());
      }
    }
  }
}
