package dev.muster.cli.instance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Call;
import dev.muster.cli.output.JsonText;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.ServerCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "create",
    description = "Create an instance, and wait until it runs.",
    footer = {
      "",
      "Examples:",
      "  muster create my-bot",
      "  muster create web --env PORT=8080 --memory 256 --restart on-failure -- python3 server.py"
    })
public final class CreateInstance extends ServerCommand {

  @Parameters(
      paramLabel = "[NAME] [-- COMMAND...]",
      arity = "0..*",
      hideParamSyntax = true,
      description = {
        "What people call it; one is made up without it.",
        "After --: program and arguments; a small bot without them."
      })
  private List<String> words = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--region", paramLabel = "REGION", description = "Where it runs.")
  private @Nullable String region;

  @Option(names = "--image", paramLabel = "IMAGE", description = "A container image.")
  private @Nullable String image;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "KEY=VALUE",
      description = "A variable of its environment; may be given several times.")
  private Map<String, String> env = Map.of();

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description = "Variables, one KEY=VALUE a line; # begins a remark.")
  private @Nullable Path envFile;

  @Option(names = "--cpus", paramLabel = "N", description = "Upper bound of cores, such as 0.5.")
  private @Nullable Double cpus;

  @Option(names = "--memory", paramLabel = "MIB", description = "Upper bound of memory, in MiB.")
  private @Nullable Integer memory;

  @Option(names = "--disk", paramLabel = "MIB", description = "Upper bound of its folder, in MiB.")
  private @Nullable Integer disk;

  @Option(names = "--pids", paramLabel = "N", description = "Upper bound of processes and threads.")
  private @Nullable Integer pids;

  @Option(
      names = "--stop-timeout",
      paramLabel = "SECONDS",
      description = "How long it has to end when it is asked to.")
  private @Nullable Integer stopTimeout;

  @Option(
      names = "--restart",
      paramLabel = "POLICY",
      description = "What happens when it ends by itself: never, on-failure, always.")
  private @Nullable String restart;

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "What it is grouped by; may be given several times.")
  private Map<String, String> labels = Map.of();

  @Option(names = "--dry-run", description = "Show what would be asked for, and ask for nothing.")
  private boolean dryRun;

  @Mixin private WaitOptions wait = new WaitOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  public CreateInstance(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, InstanceListing.INSTANCES);
    var given = CommandWords.of(spec, words);
    if (given.before().size() > 1) {
      throw new Failure(
          Exit.USAGE,
          "'%s' is one word too many".formatted(given.before().get(1)),
          "The program of an instance stands after --: muster create NAME -- PROGRAM");
    }
    var name = given.before().isEmpty() ? null : given.before().getFirst();
    var body = body(name, given.after());
    if (dryRun) {
      environment.say(JsonText.indented(body));
      environment.tell("Nothing was asked for.");
      return Exit.DONE;
    }
    var what = "create " + (name == null ? "an instance" : name);
    var call = Call.post("/api/instances", body.toString());
    JsonNode made;
    try (var _ = Spinner.start(environment, what, "It goes on: muster list shows it.")) {
      made = created(call, what);
    }
    answers.show(made);
    if (!wait.noWait && made.path("status").asString().equals("creating")) {
      throw new Failure(
          Exit.TIMED_OUT,
          what + " is not done yet, and goes on",
          "Next: muster wait " + made.path("id").asString());
    }
    return Exit.DONE;
  }

  private JsonNode created(Call call, String what) {
    var answer = new Operations(api(), wait).make(call, what);
    if (answer.status() != 202) {
      return answer.json();
    }
    var operation = api().get("/api/operations/" + answer.json().path("operation_id").asString());
    return api().get("/api/instances/" + operation.path("instance_id").asString());
  }

  private ObjectNode body(@Nullable String name, List<String> command) {
    var body = JsonText.MAPPER.createObjectNode();
    putIfGiven(body, "name", name);
    putIfGiven(body, "region", region);
    putIfGiven(body, "image", image);
    if (!command.isEmpty()) {
      body.set("command", JsonText.MAPPER.valueToTree(command));
    }
    var variables = JsonText.MAPPER.createObjectNode();
    fileVariables().forEach(variables::put);
    env.forEach(variables::put);
    if (!variables.isEmpty()) {
      body.set("env", variables);
    }
    putIfGiven(body, "cpus", cpus);
    putIfGiven(body, "memory_mb", memory);
    putIfGiven(body, "disk_mb", disk);
    putIfGiven(body, "pids", pids);
    putIfGiven(body, "stop_timeout", stopTimeout);
    putIfGiven(body, "restart_policy", restart);
    if (!labels.isEmpty()) {
      body.set("labels", JsonText.MAPPER.valueToTree(labels));
    }
    return body;
  }

  private static void putIfGiven(ObjectNode body, String field, @Nullable Object value) {
    if (value != null) {
      body.set(field, JsonText.MAPPER.valueToTree(value));
    }
  }

  private Map<String, String> fileVariables() {
    if (envFile == null) {
      return Map.of();
    }
    try {
      return EnvironmentFile.read(Files.readString(envFile, UTF_8));
    } catch (IOException e) {
      throw new Failure(Exit.USAGE, "--env-file %s cannot be read".formatted(envFile));
    }
  }
}
