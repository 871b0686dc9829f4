package dev.muster.cli.instance;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.output.PlainText;
import dev.muster.cli.server.Question;
import dev.muster.cli.server.ServerCommand;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks one thing of one instance or many, and says what came of each. */
abstract class ChangeCommand extends ServerCommand {

  private static final int PREVIEW = 20;

  private final Change change;

  @Mixin private Selection selection = new Selection();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask before changing what --all selects.")
  private boolean yes;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many at the same time.")
  private int parallel = 8;

  @Option(
      names = "--dry-run",
      description =
          "Say what would be asked for, and whether the status allows it; ask for nothing.")
  private boolean dryRun;

  @Mixin private WaitOptions wait = new WaitOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  ChangeCommand(Environment environment, Change change) {
    super(environment);
    this.change = change;
  }

  /** What came of one: a row, and why it failed. */
  private record Outcome(JsonNode row, Optional<Failure> failure) {}

  @Override
  protected Exit run() {
    selection.check();
    output.checked(dryRun ? ChangeListing.PLANS : ChangeListing.CHANGES);
    if (parallel < 1) {
      throw new Failure(Exit.USAGE, "--parallel %d is less than 1".formatted(parallel));
    }
    var instances = selection.in(new InstanceLookup(api()));
    if (dryRun) {
      return plan(instances);
    }
    if (selection.isAll() && !instances.isEmpty() && !yes) {
      preview(instances);
      Question.confirm(environment, "%s %d instances?".formatted(capitalised(), instances.size()));
    }
    return show(all(instances));
  }

  private Exit plan(List<NamedInstance> instances) {
    var rows =
        instances.stream()
            .<JsonNode>map(
                one ->
                    ((ObjectNode) one.named(one.status()))
                        .put("change", change.verb())
                        .put("allowed", change.allowedIn(one)))
            .toList();
    output.into(environment, ChangeListing.PLANS).show(rows);
    environment.tell("Nothing was asked for.");
    return instances.stream().map(change::allowedIn).anyMatch("no"::equals)
        ? Exit.CONFLICT
        : Exit.DONE;
  }

  private void preview(List<NamedInstance> instances) {
    instances.stream()
        .limit(PREVIEW)
        .forEach(
            one ->
                environment.tell(
                    "  %s  %s  %s"
                        .formatted(one.id(), one.status(), PlainText.harmless(one.name()))));
    if (instances.size() > PREVIEW) {
      environment.tell("  and %d more".formatted(instances.size() - PREVIEW));
    }
  }

  private List<Outcome> all(List<NamedInstance> instances) {
    var what = "%s %s".formatted(change.verb(), title(instances));
    var afterwards =
        "What was asked for goes on: muster describe %s shows it."
            .formatted(instances.size() == 1 ? title(instances) : "INSTANCE");
    var places = new Semaphore(parallel);
    try (var _ = Spinner.start(environment, what, afterwards);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return instances.stream()
          .map(one -> threads.submit(() -> within(places, one)))
          .toList()
          .stream()
          .map(ChangeCommand::result)
          .toList();
    }
  }

  private static Outcome result(Future<Outcome> made) {
    try {
      return made.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.FAILED, "interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Outcome within(Semaphore places, NamedInstance instance) throws InterruptedException {
    places.acquire();
    try {
      return make(instance);
    } finally {
      places.release();
    }
  }

  private Outcome make(NamedInstance instance) {
    try {
      var answer =
          new Operations(api(), wait)
              .make(change.call(instance), change.verb() + " " + instance.name());
      boolean pending = answer.status() == 202 && wait.noWait;
      var row = (ObjectNode) instance.named(pending ? "pending" : change.done());
      if (pending) {
        row.put("operation_id", answer.json().path("operation_id").asString());
      }
      return new Outcome(row, Optional.empty());
    } catch (Failure e) {
      var row = ((ObjectNode) instance.named("failed")).put("error", e.what());
      return new Outcome(row, Optional.of(e));
    }
  }

  private Exit show(List<Outcome> outcomes) {
    var failures = outcomes.stream().flatMap(one -> one.failure().stream()).toList();
    if (selection.isSingle() && !failures.isEmpty()) {
      throw failures.getFirst();
    }
    var answers = output.into(environment, ChangeListing.CHANGES);
    if (selection.isSingle()) {
      answers.show(outcomes.getFirst().row());
    } else {
      answers.show(outcomes.stream().map(Outcome::row).toList());
    }
    if (failures.isEmpty()) {
      return Exit.DONE;
    }
    outcomes.stream()
        .filter(one -> one.failure().isPresent())
        .forEach(
            one ->
                environment.tell(
                    "muster: %s (%s): %s"
                        .formatted(
                            PlainText.harmless(one.row().path("name").asString()),
                            one.row().path("id").asString(),
                            PlainText.harmless(one.failure().orElseThrow().what()))));
    environment.tell("muster: %d of %d failed".formatted(failures.size(), outcomes.size()));
    return common(failures.stream().map(Failure::exit));
  }

  /** That of all, when they agree. */
  private static Exit common(Stream<Exit> exits) {
    var distinct = exits.distinct().toList();
    return distinct.size() == 1 ? distinct.getFirst() : Exit.FAILED;
  }

  private static String title(List<NamedInstance> instances) {
    return instances.size() == 1 ? instances.getFirst().name() : instances.size() + " instances";
  }

  private String capitalised() {
    return Character.toUpperCase(change.verb().charAt(0)) + change.verb().substring(1);
  }
}
