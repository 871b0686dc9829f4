package dev.muster.cli.fleet;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.api.Call;
import dev.muster.cli.api.ResumingEventStream;
import dev.muster.cli.api.SentEvent;
import dev.muster.cli.instance.InstanceLookup;
import dev.muster.cli.output.AnswerPrinter;
import dev.muster.cli.output.JsonText;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.ServerCommand;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "events",
    description = "Show what happens to all instances, in one order.",
    footer = {
      "",
      "Examples:",
      "  muster events",
      "  muster events -f --instance my-bot",
      "  muster events --after 0 -o json"
    })
public final class EventsCommand extends ServerCommand {

  private static final long RECENT = 20;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what happens.")
  private boolean follow;

  @Option(
      names = "--after",
      paramLabel = "N",
      description =
          "Begin after this position, 0 for the very beginning; without it, a few events ago.")
  private @Nullable Long after;

  @Option(
      names = "--instance",
      paramLabel = "INSTANCE",
      description = "Only what happens to that one: its id, or its name.")
  private @Nullable String instance;

  @Mixin private OutputOptions output = new OutputOptions();

  private boolean any;

  public EventsCommand(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, FleetListing.EVENTS);
    long newest = newest();
    long begin = after == null ? Math.max(0, newest - RECENT) : after;
    if (!follow && begin >= newest) {
      return Exit.DONE;
    }
    // The stream's own beginning would not be told from one that was asked for.
    var call = stream().query("after", Optional.of(begin));
    new ResumingEventStream(api(), call, "").follow(event -> show(answers, event, newest));
    return Exit.DONE;
  }

  private boolean show(AnswerPrinter answers, SentEvent event, long newest) {
    if (!event.data().isEmpty()) {
      answers.showNext(JsonText.MAPPER.readTree(event.data()), !any);
      any = true;
    }
    return follow || event.id().isEmpty() || Long.parseLong(event.id()) < newest;
  }

  /** The position of the newest event: a stream begins with it. */
  private long newest() {
    var position = new long[1];
    new ResumingEventStream(api(), stream(), "")
        .follow(
            event -> {
              if (event.id().isEmpty()) {
                return true;
              }
              position[0] = Long.parseLong(event.id());
              return false;
            });
    return position[0];
  }

  private Call stream() {
    return Call.get("/api/events")
        .query(
            "instance_id",
            Optional.ofNullable(instance).map(one -> new InstanceLookup(api()).id(one)));
  }
}
