package dev.muster.cli;

import dev.muster.cli.server.Command;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code ./muster} of the repository does itself; it stands here for the sake of one help. */
abstract class PlatformCommand extends Command {

  PlatformCommand(Environment environment) {
    super(environment);
  }

  @Override
  protected final Exit run() {
    throw new Failure(
        Exit.FAILED,
        "this program has no platform to start or stop",
        "That is done by ./muster in a clone of the repository.");
  }

  @CommandLine.Command(
      name = "up",
      description = "Start the whole platform on this machine, in one process.",
      footer = {
        "",
        "Examples:",
        "  ./muster up",
        "  ./muster up --detach --port 4000 --data /var/lib/muster"
      })
  public static class Up extends PlatformCommand {

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "Where everything is kept (MUSTER_DATA; ./data).")
    private String data = "";

    @Option(
        names = "--port",
        paramLabel = "N",
        description = "Where the API listens (MUSTER_PORT; 3000).")
    private int port;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "Settings, YAML or properties (MUSTER_CONFIG).")
    private String config = "";

    @Option(names = "--detach", description = "Go on in the background once everything is ready.")
    private boolean detach;

    public Up(Environment environment) {
      super(environment);
    }
  }

  @CommandLine.Command(
      name = "recover",
      description = {
        "Start the whole platform, and bring back events that its PostgreSQL has lost.",
        "",
        "For a PostgreSQL that was put back from a backup, or is gone. Events come from the topics,"
            + " and have to lead to the signed checkpoint of the audit log. Takes the options of"
            + " up."
      },
      footer = {"", "Examples:", "  ./muster recover"})
  public static final class Recover extends Up {

    public Recover(Environment environment) {
      super(environment);
    }
  }

  @CommandLine.Command(
      name = "down",
      description = "Stop the platform of a data folder; instances on this machine go on running.",
      footer = {"", "Examples:", "  ./muster down"})
  public static final class Down extends PlatformCommand {

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "Its data folder (MUSTER_DATA; ./data).")
    private String data = "";

    public Down(Environment environment) {
      super(environment);
    }
  }

  @CommandLine.Command(
      name = "infra",
      description = "Start the servers alone: PostgreSQL, Kafka and a Mongo server.",
      footer = {"", "Examples:", "  ./muster infra --detach", "  ./muster infra --stop"})
  public static final class Infra extends PlatformCommand {

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "Where everything is kept (MUSTER_DATA; ./data).")
    private String data = "";

    @Option(names = "--detach", description = "Go on in the background once everything is ready.")
    private boolean detach;

    @Option(names = "--stop", description = "Stop them.")
    private boolean stop;

    @Option(
        names = {"--postgresql-port", "--kafka-port", "--mongodb-port"},
        paramLabel = "N",
        description = "Where each listens (15432, 19092, 17017).")
    private int port;

    public Infra(Environment environment) {
      super(environment);
    }
  }

  @CommandLine.Command(
      name = "service",
      description = "Run one service in a process of its own, any number of each.",
      footer = {"", "Examples:", "  ./muster service worker --env data/infra.env"})
  public static final class Service extends PlatformCommand {

    @Parameters(paramLabel = "SERVICE", arity = "0..1", description = "command, query or worker.")
    private String service = "";

    @Parameters(hidden = true, index = "1..*", arity = "0..*")
    private List<String> more = List.of();

    @Option(names = "--env", paramLabel = "FILE", description = "Settings that infra wrote.")
    private String env = "";

    @Option(names = "--config", paramLabel = "FILE", description = "Settings, YAML or properties.")
    private String config = "";

    @Option(names = "--port", paramLabel = "N", description = "Where its API listens.")
    private int port;

    @Option(
        names = "--ops-port",
        paramLabel = "N",
        description = "Where operators look: /healthz, /metrics.")
    private int opsPort;

    @Option(names = "--name", paramLabel = "W", description = "The name of a worker.")
    private String name = "";

    public Service(Environment environment) {
      super(environment);
    }
  }

  @CommandLine.Command(
      name = "bench",
      description = "List the benchmarks, or run those that are named.",
      footer = {"", "Examples:", "  ./muster bench", "  ./muster bench scale --quick"})
  public static final class Bench extends PlatformCommand {

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Which; all for all of them.")
    private List<String> names = List.of();

    @Option(names = "--quick", description = "Smaller and shorter: for a look.")
    private boolean quick;

    @Option(
        names = "--out",
        paramLabel = "FOLDER",
        description = "Where tables, JSON and plots go (target/bench).")
    private String out = "";

    @Option(
        names = "--instances",
        paramLabel = "N",
        description = "The greatest size of scale (100000).")
    private long instances;

    @Option(names = "--check", description = "Fail when a ratio of scale is far out of its band.")
    private boolean check;

    public Bench(Environment environment) {
      super(environment);
    }
  }
}
