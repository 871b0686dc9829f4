package dev.muster.worker.driver.process;

import dev.muster.worker.driver.ExitReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a command ended.
 *
 * @param code 128 + n for signal n
 */
record ExitStatus(int code, boolean bySignal) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,3})( exit| signal| unknown)?\n?");

  /** Reads what supervise.sh has left; empty when there is no such file. */
  static Optional<ExitStatus> read(Path file) throws IOException {
    try {
      var text = FORM.matcher(Files.readString(file));
      if (!text.matches()) {
        throw new IOException(file + " should hold a number, and how it ended");
      }
      var code = Integer.parseInt(text.group(1));
      return Optional.of(
          switch (text.group(2)) {
            case " exit" -> new ExitStatus(code, false);
            case " signal" -> new ExitStatus(code, true);
            // Not every shell can tell, and earlier versions did not.
            case null, default -> new ExitStatus(code, ExitReason.looksLikeSignal(code));
          });
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  String reason() {
    return ExitReason.of(code, bySignal);
  }
}
