package dev.muster.standalone;

import dev.muster.ops.launch.Options;
import dev.muster.ops.launch.StartException;
import dev.muster.standalone.Invocation.Help;
import dev.muster.standalone.Invocation.Infra;
import dev.muster.standalone.Invocation.Up;
import dev.muster.standalone.Invocation.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads the command line; what it leaves open is taken from the environment. */
final class Arguments {

  static final String USAGE =
      """
      Usage: muster up [--data DIR] [--port N] [--config FILE] [--detach]
             muster down [--data DIR]
             muster infra [--data DIR] [--detach | --stop]
                          [--postgresql-port N] [--kafka-port N] [--mongodb-port N]
             muster service command|query|worker [--env FILE] [--config FILE]
                          [--port N] [--ops-port N] [--name W]
             muster version

      up runs everything in one process. infra runs the servers alone, and service one service in a
      process of its own, any number of each; muster service command --help tells more.

        --data DIR     where everything is kept (MUSTER_DATA; ./data)
        --port N       where the API listens on this machine (MUSTER_PORT; 3000)
        --config FILE  settings, YAML or properties (MUSTER_CONFIG)
        --detach       go on in the background once everything is ready
        --postgresql-port N, --kafka-port N, --mongodb-port N
                       where the servers of infra listen (15432, 19092, 17017)

      infra writes DIR/infra.env, which service takes with --env.
      MUSTER_API_KEY sets the admin key instead of one that is made and kept in DIR/admin.key.
      MUSTER_MONGODB_URI, MUSTER_POSTGRESQL_URL and MUSTER_KAFKA_BOOTSTRAP_SERVERS name servers to
      use instead of the embedded ones. MUSTER_ADDRESS opens the API beyond this machine.
      MUSTER_OPS_PORT opens a port for operators with /healthz, /livez and /metrics.\
      """;

  private static final Map<String, String> UP =
      Map.of("--data", "MUSTER_DATA", "--port", "MUSTER_PORT", "--config", "MUSTER_CONFIG");

  private static final Map<String, String> INFRA =
      Map.of(
          "--data", "MUSTER_DATA",
          "--postgresql-port", "MUSTER_INFRA_POSTGRESQL_PORT",
          "--kafka-port", "MUSTER_INFRA_KAFKA_PORT",
          "--mongodb-port", "MUSTER_INFRA_MONGODB_PORT");

  private Arguments() {}

  /**
   * @throws StartException when they make no sense, naming the offending one
   */
  static Invocation parse(List<String> arguments, Map<String, String> environment) {
    var command = arguments.isEmpty() ? "--help" : arguments.getFirst();
    if (arguments.contains("--help") || arguments.contains("-h")) {
      return new Help();
    }
    return switch (command) {
      case "up" -> up(Options.read("up", rest(arguments), UP, environment));
      case "infra" -> infra(Options.read("infra", rest(arguments), INFRA, environment));
      case "version", "--version" -> new Version();
      case "help", "--help" -> new Help();
      default -> throw new StartException("'" + command + "' is no command; see muster --help");
    };
  }

  private static List<String> rest(List<String> arguments) {
    return arguments.subList(1, arguments.size());
  }

  private static Invocation up(Options options) {
    return new Up(
        data(options), options.port("--port", 3000), options.path("--config").orElse(null));
  }

  private static Invocation infra(Options options) {
    var fixed = ServerPorts.FIXED;
    return new Infra(
        data(options),
        new ServerPorts(
            options.port("--postgresql-port", fixed.postgresql()),
            options.port("--kafka-port", fixed.kafka()),
            options.port("--mongodb-port", fixed.mongodb())));
  }

  private static Path data(Options options) {
    return options.path("--data").orElseGet(() -> Path.of("data").toAbsolutePath());
  }
}
