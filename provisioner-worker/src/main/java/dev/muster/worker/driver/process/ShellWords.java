package dev.muster.worker.driver.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.worker.driver.ShellRequest;
import java.util.List;

/** What is started for a {@link ShellRequest}. */
final class ShellWords {

  /** The kernel takes 128 KiB in one word. */
  private static final int LONGEST = 100_000;

  /** Bash where there is one: people expect it. */
  private static final String INTERACTIVE = "command -v bash >/dev/null && exec bash; exec sh";

  private ShellWords() {}

  static List<String> of(ShellRequest request) {
    if (request.command().isPresent()) {
      return List.of("sh", "-c", ascii(request.command().get()));
    }
    return request.terminal().isPresent() ? List.of("sh", "-c", INTERACTIVE) : List.of("sh");
  }

  static boolean tooLong(ShellRequest request) {
    return request.command().filter(command -> ascii(command).length() > LONGEST).isPresent();
  }

  // What Java can hand to a process depends on the locale it was started in: only ASCII is safe.
  private static String ascii(String command) {
    if (command.chars().allMatch(c -> c > 0 && c < 128)) {
      return command;
    }
    var octal = new StringBuilder("eval \"$(printf %b '");
    for (byte b : command.replace("\0", "").getBytes(UTF_8)) {
      octal.append("\\0%03o".formatted(b & 0xFF));
    }
    return octal.append("')\"").toString();
  }
}
