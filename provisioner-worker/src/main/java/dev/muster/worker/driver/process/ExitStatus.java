package dev.muster.worker.driver.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a command ended.
 *
 * @param code 128 + n for signal n
 */
record ExitStatus(int code, boolean bySignal) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,3})( exit| signal| unknown)?\n?");
  private static final int SIGNALLED = 128;
  private static final int SIGNALS = 64;

  /** CHLD, CONT, STOP, TSTP, TTIN, TTOU, URG and WINCH end nobody. */
  private static final Set<Integer> HARMLESS = Set.of(17, 18, 19, 20, 21, 22, 23, 28);

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
            case null, default -> new ExitStatus(code, looksLikeSignal(code));
          });
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  // Not every shell can tell, and earlier versions did not.
  private static boolean looksLikeSignal(int code) {
    var signal = code - SIGNALLED;
    return signal > 0 && signal <= SIGNALS && !HARMLESS.contains(signal);
  }

  String reason() {
    return bySignal
        ? "the process was ended by signal " + (code - SIGNALLED)
        : "the process ended with exit code " + code;
  }
}
