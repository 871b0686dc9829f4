package dev.muster.standalone;

import dev.muster.standalone.Invocation.Help;
import dev.muster.standalone.Invocation.Up;
import dev.muster.standalone.Invocation.Version;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the command line; what it leaves open is taken from the environment. */
final class Arguments {

  static final String USAGE =
      """
      Usage: muster up [--data DIR] [--port N] [--config FILE] [--detach]
             muster down [--data DIR]
             muster version

        --data DIR     where everything is kept (MUSTER_DATA; ./data)
        --port N       where the API listens on this machine (MUSTER_PORT; 3000)
        --config FILE  settings, YAML or properties (MUSTER_CONFIG)
        --detach       go on in the background once everything is ready

      MUSTER_API_KEY sets the admin key instead of one that is made and kept in DIR/admin.key.
      MUSTER_MONGODB_URI, MUSTER_POSTGRESQL_URL and MUSTER_KAFKA_BOOTSTRAP_SERVERS name servers to
      use instead of the embedded ones. MUSTER_ADDRESS opens the API beyond this machine.\
      """;

  private static final Map<String, String> OPTIONS =
      Map.of("--data", "MUSTER_DATA", "--port", "MUSTER_PORT", "--config", "MUSTER_CONFIG");

  private Arguments() {}

  /**
   * @throws StartException when they make no sense, naming the offending one
   */
  static Invocation parse(List<String> arguments, Map<String, String> environment) {
    var command = arguments.isEmpty() ? "--help" : arguments.getFirst();
    return switch (command) {
      case "up" -> up(arguments.subList(1, arguments.size()), environment);
      case "version", "--version" -> new Version();
      case "help", "--help", "-h" -> new Help();
      default -> throw new StartException("'" + command + "' is no command; see muster --help");
    };
  }

  private static Invocation up(List<String> arguments, Map<String, String> environment) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      return new Help();
    }
    var given = given(arguments, environment);
    var config = given.get("--config");
    return new Up(
        path("--data", given.getOrDefault("--data", "data")),
        port(given.getOrDefault("--port", "3000")),
        config == null ? null : path("--config", config));
  }

  private static Map<String, String> given(
      List<String> arguments, Map<String, String> environment) {
    var given = new HashMap<String, String>();
    OPTIONS.forEach((option, variable) -> put(given, option, environment.get(variable)));
    for (int i = 0; i < arguments.size(); i++) {
      var parts = arguments.get(i).split("=", 2);
      var option = parts[0];
      if (!OPTIONS.containsKey(option)) {
        throw new StartException("'" + option + "' is no option of up; see muster --help");
      }
      if (parts.length == 1 && i + 1 == arguments.size()) {
        throw new StartException(option + " needs a value; see muster --help");
      }
      given.put(option, parts.length == 2 ? parts[1] : arguments.get(++i));
    }
    return given;
  }

  private static void put(Map<String, String> given, String option, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      given.put(option, value);
    }
  }

  private static Path path(String option, String value) {
    try {
      return Path.of(value).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new StartException("%s '%s' is no path".formatted(option, value), e);
    }
  }

  private static int port(String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, like any other value that is no port.
    }
    throw new StartException("--port '%s' is no port; it takes 1 to 65535".formatted(value));
  }
}
