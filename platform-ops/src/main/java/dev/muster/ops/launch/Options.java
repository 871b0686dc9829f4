package dev.muster.ops.launch;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of a command line, each with a value; what is left open comes from variables. */
public final class Options {

  private static final int LAST_PORT = 65_535;

  private final Map<String, String> given;

  private Options(Map<String, String> given) {
    this.given = given;
  }

  /**
   * @param program what they are options of, in words
   * @param known the variable behind each option, by the option's name such as {@code --port}
   * @throws StartException when they make no sense, naming the offending one
   */
  public static Options read(
      String program,
      List<String> arguments,
      Map<String, String> known,
      Map<String, String> variables) {
    var given = new HashMap<String, String>();
    known.forEach(
        (option, variable) -> {
          var value = variables.getOrDefault(variable, "");
          if (!value.isBlank()) {
            given.put(option, value);
          }
        });
    for (int i = 0; i < arguments.size(); i++) {
      var parts = arguments.get(i).split("=", 2);
      var option = parts[0];
      if (!known.containsKey(option)) {
        throw new StartException(
            "'%s' is no option of %s; see muster --help".formatted(option, program));
      }
      if (parts.length == 1 && i + 1 == arguments.size()) {
        throw new StartException(option + " needs a value; see muster --help");
      }
      given.put(option, parts.length == 2 ? parts[1] : arguments.get(++i));
    }
    return new Options(given);
  }

  public Optional<String> text(String option) {
    return Optional.ofNullable(given.get(option));
  }

  /** Absolute and without detours. */
  public Optional<Path> path(String option) {
    return text(option).map(value -> path(option, value));
  }

  /** Between 1 and 65535. */
  public int port(String option, int otherwise) {
    return text(option).map(value -> port(option, value, 1)).orElse(otherwise);
  }

  /** Between 0, which takes any that is free, and 65535. */
  public int portOrAny(String option, int otherwise) {
    return text(option).map(value -> port(option, value, 0)).orElse(otherwise);
  }

  private static Path path(String option, String value) {
    try {
      return Path.of(value).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new StartException("%s '%s' is no path".formatted(option, value), e);
    }
  }

  private static int port(String option, String value, int first) {
    try {
      int port = Integer.parseInt(value);
      if (port >= first && port <= LAST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, like any other value that is no port.
    }
    throw new StartException(
        "%s '%s' is no port; it takes %d to %d".formatted(option, value, first, LAST_PORT));
  }
}
