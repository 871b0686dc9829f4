package dev.muster.cli.instance;

import static java.util.stream.Collectors.joining;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.api.Call;
import dev.muster.cli.output.Ages;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.output.PlainText;
import dev.muster.cli.server.ServerCommand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "describe",
    description =
        "Say all about an instance: how it is and why, what it may use, what happened last, what to"
            + " do next.",
    footer = {"", "Examples:", "  muster describe my-bot"})
public final class DescribeInstance extends ServerCommand {

  private static final int RECENT = 8;

  @Parameters(paramLabel = "INSTANCE", description = "Its id, or its name.")
  private String instance = "";

  @Mixin private OutputOptions output = new OutputOptions();

  public DescribeInstance(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, InstanceListing.INSTANCES);
    var id = new InstanceLookup(api()).id(instance);
    var json = api().get("/api/instances/" + id);
    if (!output.isTable()) {
      answers.show(json);
      return Exit.DONE;
    }
    var history =
        api().rows(Call.get("/api/instances/%s/history".formatted(id)), Integer.MAX_VALUE);
    var lines = new ArrayList<>(facts(json));
    lines.add("");
    lines.add("Recent events:");
    history.stream()
        .skip(Math.max(0, history.size() - RECENT))
        .forEach(event -> lines.add("  " + event(event)));
    lines.add("");
    lines.add("Next:");
    NextSteps.of(NamedInstance.of(json), json).forEach(step -> lines.add("  " + step));
    environment.say(lines.stream().map(PlainText::harmless).collect(joining("\n")));
    return Exit.DONE;
  }

  private List<String> facts(JsonNode json) {
    var one = NamedInstance.of(json);
    var lines = new ArrayList<String>();
    lines.add(fact("Name", one.name()));
    lines.add(fact("Id", one.id()));
    lines.add(
        fact("Status", (one.deleted() ? "deleted" : one.status()) + since(json, "/updated_at")));
    addIfThere(lines, "Error", json.path("error"));
    addIfThere(lines, "Exit code", json.path("exit_code"));
    addIfThere(lines, "Ended at", json.path("ended_at"));
    lines.add(fact("Placement", one.region() + ", host " + json.path("host").asString("none yet")));
    lines.add(fact("Created", age(json, "/created_at") + " ago"));
    addIfThere(lines, "Image", json.path("image"));
    lines.add(
        fact(
            "Command",
            json.path("command").isEmpty()
                ? "(the platform's small bot)"
                : json.path("command")
                    .valueStream()
                    .map(word -> SshCommand.quoted(word.asString()))
                    .collect(joining(" "))));
    lines.add(fact("Environment", names(json.path("env"))));
    lines.add(fact("Limits", limits(json)));
    lines.add(fact("Restart policy", json.path("restart_policy").asString()));
    lines.add(fact("Labels", labels(json.path("labels"))));
    lines.add(fact("Health", health(json.path("health"))));
    lines.add(fact("Version", json.path("version").asString()));
    return lines;
  }

  private static String fact(String name, String value) {
    return "%-15s %s".formatted(name + ":", value);
  }

  private static void addIfThere(List<String> lines, String name, JsonNode value) {
    if (!value.isNull() && !value.isMissingNode()) {
      lines.add(fact(name, value.asString()));
    }
  }

  private static String names(JsonNode env) {
    return env.isEmpty() ? "none" : String.join(", ", env.propertyNames());
  }

  private static String labels(JsonNode labels) {
    var all =
        labels
            .propertyStream()
            .map(label -> label.getKey() + "=" + label.getValue().asString())
            .collect(joining(", "));
    return all.isEmpty() ? "none" : all;
  }

  private static String limits(JsonNode json) {
    var given =
        Arrays.stream(new String[] {"cpus", "memory_mb", "disk_mb", "pids", "stop_timeout"})
            .filter(name -> !json.path(name).isNull() && !json.path(name).isMissingNode())
            .map(name -> name + " " + json.path(name).asString())
            .collect(joining(", "));
    return given.isEmpty() ? "the host's" : given;
  }

  private String health(JsonNode health) {
    if (health.isNull() || health.path("last_heartbeat").isNull()) {
      return "no heartbeat yet";
    }
    return "%s %% CPU, %s MiB memory, %s MiB disk%s%s"
        .formatted(
            health.path("cpu_percent").asString("-"),
            health.path("memory_mb").asString("-"),
            health.path("disk_mb").asString("-"),
            since(health, "/last_heartbeat"),
            health.path("stale").asBoolean(false) ? ", stale" : "");
  }

  private String since(JsonNode json, String pointer) {
    return " (%s ago)".formatted(age(json, pointer));
  }

  private String age(JsonNode json, String pointer) {
    return Ages.time(json.at(pointer))
        .map(time -> Ages.relative(time, environment.clock().instant()))
        .orElse("?");
  }

  private String event(JsonNode event) {
    var data = event.path("data");
    var why = data.path("reason").asString(data.path("error").asString(""));
    return "%3s  %6s ago  %-18s by %s%s"
        .formatted(
            event.path("sequence").asString(),
            age(event, "/occurred_at"),
            event.path("type").asString(),
            event.path("actor").path("name").asString(),
            why.isEmpty() ? "" : ": " + why);
  }
}
