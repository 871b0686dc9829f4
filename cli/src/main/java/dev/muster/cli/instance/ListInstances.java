package dev.muster.cli.instance;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Call;
import dev.muster.cli.api.ResumingEventStream;
import dev.muster.cli.output.AnswerPrinter;
import dev.muster.cli.output.JsonText;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.ServerCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
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
      "  muster list --label tier=web,team",
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

  @Option(
      names = "--label",
      paramLabel = "SELECTOR",
      description = "Only those with these labels: KEY=VALUE or KEY, with commas between.")
  private @Nullable String label;

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
            .query("name", Optional.ofNullable(name))
            .query("label", Optional.ofNullable(label));
    return api().rows(list, limit);
  }

  /**
   * The stream is open before the list is read, so nothing falls between the two. The list is read
   * once, and after that each instance that something happens to.
   */
  private void watch(AnswerPrinter answers) {
    var rows = new LinkedHashMap<String, JsonNode>();
    var begun = new AtomicBoolean();
    new ResumingEventStream(api(), Call.get("/api/events"), "")
        .follow(
            event -> {
              if (begun.compareAndSet(false, true)) {
                rows().forEach(row -> rows.put(row.path("id").asString(), row));
                show(answers, rows, List.copyOf(rows.values()), true);
              }
              if (!event.data().isEmpty()) {
                changed(rows, JsonText.MAPPER.readTree(event.data()).path("instance_id"))
                    .ifPresent(row -> show(answers, rows, List.of(row), false));
              }
              return true;
            });
  }

  /** The instance as it is now, when it is one of those that are shown, or was. */
  private Optional<JsonNode> changed(LinkedHashMap<String, JsonNode> rows, JsonNode id) {
    var row = api().get("/api/instances/" + id.asString());
    var before = rows.get(id.asString());
    if (before != null && before.path("version").asLong() >= row.path("version").asLong()) {
      return Optional.empty();
    }
    if (!isSelected(row)) {
      return Optional.ofNullable(rows.remove(id.asString())).map(_ -> row);
    }
    if (before == null) {
      rows.putFirst(id.asString(), row);
    } else {
      rows.put(id.asString(), row);
    }
    return Optional.of(row);
  }

  /** As the server selects. */
  private boolean isSelected(JsonNode row) {
    boolean ofStatus =
        status == null
            ? !row.path("deleted").asBoolean(false)
            : status.equals("all") || status.equals(row.path("status").asString());
    return ofStatus
        && (region == null || region.equals(row.path("region").asString()))
        && (name == null || row.path("name").asString().startsWith(name))
        && (label == null || Stream.of(label.split(",")).allMatch(term -> has(row, term)));
  }

  private static boolean has(JsonNode row, String term) {
    var equals = term.indexOf('=');
    var value = row.path("labels").path(equals < 0 ? term : term.substring(0, equals));
    return value.isString() && (equals < 0 || value.asString().equals(term.substring(equals + 1)));
  }

  /** All of them again on a terminal, what changed elsewhere. */
  private void show(
      AnswerPrinter answers,
      LinkedHashMap<String, JsonNode> rows,
      List<JsonNode> changed,
      boolean first) {
    if (environment.outIsTerminal() && output.isTable()) {
      environment.print("\u001b[H\u001b[2J");
      answers.show(rows.values().stream().limit(limit).toList());
      return;
    }
    for (int i = 0; i < changed.size(); i++) {
      answers.showNext(changed.get(i), first && i == 0);
    }
  }
}
