package dev.muster.worker.driver.process;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what an instance prints from filling the disk: the newest 16 MiB, and as much again of what
 * nobody has taken yet. The log does not become shorter for it: what is older becomes a hole in the
 * file, so that a place in it is a place in all the instance ever printed.
 */
final class OutputLog {

  static final long KEPT = 16L << 20;
  static final long MOST = 2 * KEPT;

  private static final Logger log = LoggerFactory.getLogger(OutputLog.class);
  private static final long BLOCK = 4096;

  private OutputLog() {}

  static void bound(Path file, Path takenFile) throws IOException {
    if (!Files.exists(file) || Files.size(file) <= KEPT) {
      return;
    }
    var size = Files.size(file);
    var taken = OutputCursor.read(takenFile).within(size);
    var hole = Math.max(size - MOST, Math.min(taken.position(), size - KEPT)) / BLOCK * BLOCK;
    if (hole > 0 && !Posix.punchHole(file, hole) && size > MOST) {
      empty(file, takenFile, new OutputCursor(taken.base() + size, 0));
    }
  }

  /** Where the file system knows no holes; the instance keeps its open file. */
  private static void empty(Path file, Path takenFile, OutputCursor next) throws IOException {
    log.warn("the file system has no holes, so a log is emptied as a whole file={}", file);
    try (var channel = FileChannel.open(file, WRITE)) {
      channel.truncate(0);
    }
    next.write(takenFile);
  }
}
