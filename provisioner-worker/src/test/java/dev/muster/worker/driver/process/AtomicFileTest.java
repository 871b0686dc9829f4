package dev.muster.worker.driver.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir Path folder;

  @Test
  void of_writers_that_meet_on_one_file_the_last_one_wins_and_none_fails() throws Exception {
    var file = folder.resolve("state.json");
    var content = "x".repeat(10_000).getBytes(UTF_8);
    var writes =
        IntStream.range(0, 64)
            .<Callable<Void>>mapToObj(
                _ ->
                    () -> {
                      AtomicFile.write(file, content);
                      return null;
                    })
            .toList();

    try (var writers = Executors.newFixedThreadPool(8)) {
      for (var write : writers.invokeAll(writes)) {
        write.get();
      }
    }

    assertThat(Files.readAllBytes(file)).isEqualTo(content);
    try (var entries = Files.list(folder)) {
      assertThat(entries).containsExactly(file);
    }
  }
}
