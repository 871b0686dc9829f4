package dev.muster.worker.driver.process;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps what an instance prints from filling the disk: the newest 16 MiB, and the 16 before. */
final class OutputLog {

  private static final long LIMIT = 16L << 20;

  private OutputLog() {}

  /**
   * Copies a log that is too long aside and empties it; the instance keeps its open file. What it
   * prints between the two steps is lost.
   */
  static void bound(Path log) throws IOException {
    if (!Files.exists(log) || Files.size(log) <= LIMIT) {
      return;
    }
    var older = log.resolveSibling("out.log.1");
    var copy = log.resolveSibling("out.log.1.tmp");
    Files.copy(log, copy, REPLACE_EXISTING);
    Files.move(copy, older, ATOMIC_MOVE);
    try (var channel = FileChannel.open(log, WRITE)) {
      channel.truncate(0);
    }
  }
}
