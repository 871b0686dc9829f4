package dev.muster.cli.instance;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Call;
import dev.muster.cli.api.EventStream;
import dev.muster.cli.output.Answers;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.ServerCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
    name = "list",
    aliases = "ls",
    description =
        "List instances, the newest first. Deleted ones are left out unless --status names them.",
    footer = {
      "",
      "Examples:",
      "  muster list --status running --sort name",
      "  muster list -o 'jsonpath=$[*].id'"
    })
public final class ListInstances extends ServerCommand {

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only those: creating, running, paused, stopped, error; or all.")
  private @Nullable String status;

  @Option(names = "--region", paramLabel = "REGION", description = "Only those of this region.")
  private @Nullable String region;

  @Option(
      names = "--name",
      paramLabel = "PREFIX",
      description = "Only those whose name begins like this.")
  private @Nullable String name;

  @Option(names = "--limit", paramLabel = "N", description = "Show no more than that.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = {"-l", "--watch"},
      description = "Go on, and show what changes.")
  private boolean watch;

  @Mixin private OutputOptions output = new OutputOptions();

  public ListInstances(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, InstanceListing.INSTANCES);
    if (limit < 1) {
      throw new Failure(Exit.USAGE, "--limit %d is less than 1".formatted(limit));
    }
    if (watch) {
      watch(answers);
    } else {
      answers.show(rows());
    }
    return Exit.DONE;
  }

  private List<JsonNode> rows() {
    var list =
        Call.get("/api/instances")
            .query("status", Optional.ofNullable(status))
            .query("region", Optional.ofNullable(region))
            .query("name", Optional.ofNullable(name));
    return api().rows(list, limit);
  }

  /** The stream is open before the list is read, so nothing falls between the two. */
  private void watch(Answers answers) {
    var versions = new HashMap<String, Long>();
    new EventStream(api(), Call.get("/api/events"), "")
        .follow(
            event -> {
              if (versions.isEmpty() || !event.data().isEmpty()) {
                show(answers, versions);
              }
              return true;
            });
  }

  private void show(Answers answers, Map<String, Long> versions) {
    var rows = rows();
    if (environment.outIsTerminal() && output.isTable()) {
      environment.print("\u001b[H\u001b[2J");
      answers.show(rows);
    }
    boolean first = versions.isEmpty();
    for (var row : rows) {
      var shown = versions.put(row.path("id").asString(), row.path("version").asLong());
      boolean changed = shown == null || shown != row.path("version").asLong();
      if (changed && !(environment.outIsTerminal() && output.isTable())) {
        answers.showNext(row, first);
        first = false;
      }
    }
    versions.putIfAbsent("", 0L);
    environment.flush();
  }
}
