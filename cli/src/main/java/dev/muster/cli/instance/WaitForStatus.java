package dev.muster.cli.instance;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Call;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.Durations;
import dev.muster.cli.server.ServerCommand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "wait",
    description = "Wait until instances have a status.",
    footer = {"", "Examples:", "  muster wait my-bot --for running --timeout 2m"})
public final class WaitForStatus extends ServerCommand {

  /** As long as a server holds an answer. */
  private static final long HELD = 60;

  private static final List<String> STATUSES =
      List.of("creating", "running", "paused", "stopped", "error");

  @Parameters(paramLabel = "INSTANCE", arity = "1..*", description = "Ids, or names.")
  private List<String> instances = List.of();

  @Option(
      names = "--for",
      paramLabel = "STATUS",
      defaultValue = "running",
      description = "Which: creating, running, paused, stopped, error.")
  private String status = "running";

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Durations.class,
      defaultValue = "60s",
      description = "How long in all, such as 30s or 5m.")
  private Duration timeout = Duration.ofSeconds(HELD);

  @Mixin private OutputOptions output = new OutputOptions();

  public WaitForStatus(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, InstanceListing.INSTANCES);
    if (!STATUSES.contains(status)) {
      throw new Failure(
          Exit.USAGE,
          "there is no status '%s'".formatted(status),
          "Statuses: " + String.join(", ", STATUSES));
    }
    long end = System.nanoTime() + timeout.toNanos();
    var known = new InstanceLookup(api());
    var there = instances.stream().map(known::id).map(id -> await(id, end)).toList();
    if (there.size() == 1) {
      answers.show(there.getFirst());
    } else {
      answers.show(there);
    }
    return Exit.DONE;
  }

  private JsonNode await(String id, long end) {
    var path = "/api/instances/" + id;
    while (true) {
      long left =
          Math.min(HELD, Math.max(1, Duration.ofNanos(end - System.nanoTime()).toSeconds()));
      var call =
          Call.get(path)
              .query("wait_for", Optional.of(status))
              .query("timeout", Optional.of(left))
              .within(Duration.ofSeconds(left + 30));
      var answer = api().sendAnyway(call);
      if (answer.status() != 408) {
        return answer.status() == 200 ? answer.json() : api().send(Call.get(path)).json();
      }
      var now = NamedInstance.of(api().get(path));
      if (now.deleted() || System.nanoTime() - end >= 0) {
        throw new Failure(
            now.deleted() ? Exit.CONFLICT : Exit.TIMED_OUT,
            "%s is %s, not %s"
                .formatted(now.name(), now.deleted() ? "deleted" : now.status(), status),
            "Next: muster describe " + now.id());
      }
    }
  }
}
