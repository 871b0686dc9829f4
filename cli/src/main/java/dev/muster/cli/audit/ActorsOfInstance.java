package dev.muster.cli.audit;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Call;
import dev.muster.cli.audit.EventFinder.Found;
import dev.muster.cli.instance.InstanceLookup;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.output.PlainText;
import dev.muster.cli.proof.NotProvedException;
import dev.muster.cli.proof.SignedCheckpoint;
import dev.muster.cli.server.ServerCommand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "who",
    description = {
      "Say who asked for something to be done to an instance, when and from where, and check the"
          + " proof of each.",
      "",
      "A time is RFC 3339, Unix seconds, how long ago (2h), or a day in UTC: 2026-11-24, tuesday"
          + " (the last one), yesterday, today."
    },
    footer = {
      "",
      "Examples:",
      "  muster audit who my-bot",
      "  muster audit who my-bot --action pause --since tuesday --until tuesday"
    })
public final class ActorsOfInstance extends ServerCommand {

  /** What people ask for, and the event that it is recorded as. */
  private static final Map<String, String> ACTIONS = actions();

  @Parameters(paramLabel = "INSTANCE", description = "Its id, or its name.")
  private String instance = "";

  @Option(
      names = "--action",
      paramLabel = "ACTIONS",
      split = ",",
      description = "Only these: create, pause, resume, restart, delete.")
  private List<String> actions = List.of();

  @Option(names = "--since", paramLabel = "TIME", description = "The earliest time.")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "The latest time.")
  private @Nullable String until;

  @Mixin private OutputOptions output = new OutputOptions();

  public ActorsOfInstance(Environment environment) {
    super(environment);
  }

  private static Map<String, String> actions() {
    var actions = new LinkedHashMap<String, String>();
    actions.put("create", "CreationRequested");
    actions.put("pause", "PauseRequested");
    actions.put("resume", "ResumeRequested");
    actions.put("restart", "RestartRequested");
    actions.put("delete", "DeletionRequested");
    return actions;
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, AuditListing.WHO);
    var types = new HashSet<>(wanted());
    var log = new AuditLogCalls(api());
    var finder = new EventFinder(api(), log);
    var found = finder.find(search(types), row -> types.contains(row.path("type").asString("")));
    if (found.isEmpty()) {
      answers.show(List.of());
      return Exit.DONE;
    }
    var key = log.key();
    var checkpoint = log.checkpointOver(found.getLast().index(), key);
    var failed = new ArrayList<String>();
    answers.show(
        found.stream().map(one -> (JsonNode) proved(finder, one, checkpoint, failed)).toList());
    if (!failed.isEmpty()) {
      throw new NotProvedException(
          "%d of %d are not proved".formatted(failed.size(), found.size()),
          failed.toArray(String[]::new));
    }
    if (output.isTable()) {
      environment.tell(
          PlainText.harmless(
              "Proved: each is in the log that %s+%s has signed over %,d events."
                  .formatted(key.name(), key.id(), checkpoint.size())));
      environment.tell("To keep that for ever: muster audit receipt OPERATION FILE");
    }
    return Exit.DONE;
  }

  private List<String> wanted() {
    return actions.isEmpty()
        ? List.copyOf(ACTIONS.values())
        : actions.stream().map(ActorsOfInstance::event).toList();
  }

  private static String event(String action) {
    var event = ACTIONS.get(action.toLowerCase(Locale.ROOT));
    if (event == null) {
      throw new Failure(
          Exit.USAGE,
          "there is no action '%s'".formatted(action),
          "Actions: " + String.join(", ", ACTIONS.keySet()));
    }
    return event;
  }

  private Call search(Set<String> types) {
    var clock = environment.clock();
    return Call.get("/api/audit/events")
        .query("type", types.stream().filter(_ -> types.size() == 1).findFirst())
        .query("from", Optional.ofNullable(since).map(text -> Days.begin(text, clock)))
        .query("to", Optional.ofNullable(until).map(text -> Days.end(text, clock)))
        .query("instance_id", Optional.of(new InstanceLookup(api()).id(instance)));
  }

  private static ObjectNode proved(
      EventFinder finder, Found found, SignedCheckpoint checkpoint, List<String> failed) {
    var row = (ObjectNode) found.row();
    var proof =
        row.putObject("proof").put("size", checkpoint.size()).put("checkpoint", checkpoint.note());
    try {
      var unchecked = finder.proof(found, checkpoint).check(checkpoint);
      return row.set(
          "proof",
          proof.put(
              "result",
              unchecked.isEmpty() ? "good" : "good, but " + String.join("; ", unchecked)));
    } catch (NotProvedException e) {
      failed.add(e.what());
      return row.set("proof", proof.put("result", "NONE: " + e.what()));
    }
  }
}
