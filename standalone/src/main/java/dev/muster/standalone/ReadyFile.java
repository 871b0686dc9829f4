package dev.muster.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the script that this run became ready, so that what Java records of it is that of a whole
 * platform.
 */
final class ReadyFile {

  private static final Logger log = LoggerFactory.getLogger(ReadyFile.class);

  private ReadyFile() {}

  /** Makes the file that {@code -Dmuster.ready-file} names, if it names one. */
  static void write() {
    var file = System.getProperty("muster.ready-file", "");
    if (file.isEmpty()) {
      return;
    }
    try {
      Files.writeString(Path.of(file), "");
    } catch (IOException e) {
      log.warn("the next start has no cache to begin with file={}", file, e);
    }
  }
}
