package dev.muster.cli.context;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Gets the key of a context from where it is. */
final class KeySource {

  private KeySource() {}

  static Optional<String> key(Context context) {
    if (context.key() != null) {
      return Optional.of(context.key());
    }
    if (context.keyFile() != null) {
      return Optional.of(ofFile(context.keyFile()));
    }
    return Optional.ofNullable(context.keyCommand()).map(KeySource::ofCommand);
  }

  private static String ofFile(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new ContextException(
          "the key file %s cannot be read (%s)".formatted(file, e.getClass().getSimpleName()),
          "Start the platform that made it again, or name another server: muster context use NAME");
    }
  }

  private static String ofCommand(String command) {
    try {
      var process =
          new ProcessBuilder("/bin/sh", "-c", command)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      var key = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      int status = process.waitFor();
      if (status != 0 || key.isEmpty()) {
        throw new ContextException(
            "the command that prints the key ended with %d and %s"
                .formatted(status, key.isEmpty() ? "nothing" : "something"),
            "Command: " + command);
      }
      return key;
    } catch (IOException e) {
      throw new ContextException(
          "the command that prints the key cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ContextException("interrupted");
    }
  }
}
