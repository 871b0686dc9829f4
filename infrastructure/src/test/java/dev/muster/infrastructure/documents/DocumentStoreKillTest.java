package dev.muster.infrastructure.documents;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed while it writes rows, and after each the position that it has reached.
 */
class DocumentStoreKillTest {

  private static final int KILLS = 6;
  private static final Random RANDOM = new Random();

  @TempDir Path folder;

  @Test
  void what_is_found_is_a_state_that_was_and_never_older_than_the_last_one_found()
      throws Exception {
    int found = -1;
    for (int kill = 0; kill < KILLS; kill++) {
      // The store commits after a second.
      killWhileItWrites(kill % 2 == 0 ? 1 + RANDOM.nextInt(25) : 15);
      try (var store = DocumentStore.in(folder)) {
        int reached = reached(store);
        assertThat(reached).isGreaterThanOrEqualTo(found);
        var rows = store.documents("some", "rows");
        for (int i = 0; i <= reached; i++) {
          var row = rows.get(List.of("row-" + i));
          assertThat(row == null ? null : BsonBytes.read(row))
              .as("row %d of %d", i, reached)
              .isEqualTo(row(i));
        }
        assertThat(rows.count(KeyRange.ALL)).isBetween(reached + 1L, reached + 2L);
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
            .start();
    try (var progress = process.inputReader()) {
      for (int line = 0; line < lines; line++) {
        assertThat(progress.readLine()).isNotNull();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Writes until it is killed, from where the store is, and prints a line every 100 ms. */
  public static void main(String[] arguments) {
    var store = DocumentStore.in(Path.of(arguments[0]));
    var rows = store.documents("some", "rows");
    var positions = store.documents("some", "positions");
    var next = System.nanoTime();
    for (int i = reached(store) + 1; ; i++) {
      rows.put(List.of("row-" + i), BsonBytes.of(row(i)));
      positions.put(List.of(0), BsonBytes.of(new Document("next", i)));
      if (System.nanoTime() - next >= 0) {
        IO.println(i);
        next += 100_000_000;
      }
    }
  }

  private static int reached(DocumentStore store) {
    var position = store.documents("some", "positions").get(List.of(0));
    return position == null
        ? -1
        : BsonBytes.read(position).get("next") instanceof Integer next ? next : -1;
  }

  private static Document row(int i) {
    return new Document("_id", "row-" + i).append("text", Integer.toString(i).repeat(1 + i % 50));
  }
}
