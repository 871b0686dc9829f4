package dev.muster.cli.instance;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.api.Call;
import dev.muster.cli.api.ResumingEventStream;
import dev.muster.cli.output.AnswerPrinter;
import dev.muster.cli.output.JsonText;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.ServerCommand;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "history",
    description =
        "Show all that has happened to an instance, who asked for it, and what came of it.",
    footer = {
      "",
      "Examples:",
      "  muster history my-bot",
      "  muster history my-bot --follow -o json"
    })
public final class HistoryOfInstance extends ServerCommand {

  @Parameters(paramLabel = "INSTANCE", description = "Its id, or its name.")
  private String instance = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what happens.")
  private boolean follow;

  @Mixin private OutputOptions output = new OutputOptions();

  private long shown;

  public HistoryOfInstance(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, InstanceListing.HISTORY);
    var id = new InstanceLookup(api()).id(instance);
    var history = Call.get("/api/instances/%s/history".formatted(id));
    if (!follow) {
      answers.show(api().rows(history, Integer.MAX_VALUE));
      return Exit.DONE;
    }
    // The stream is open before the history is read, so nothing falls between the two.
    var events = Call.get("/api/events").query("instance_id", Optional.of(id));
    new ResumingEventStream(api(), events, "")
        .follow(
            event -> {
              if (shown == 0) {
                api().rows(history, Integer.MAX_VALUE).forEach(row -> show(answers, row));
              }
              if (!event.data().isEmpty()) {
                show(answers, JsonText.MAPPER.readTree(event.data()));
              }
              return true;
            });
    return Exit.DONE;
  }

  private void show(AnswerPrinter answers, JsonNode row) {
    long sequence = row.path("sequence").asLong();
    if (sequence > shown) {
      answers.showNext(row, shown == 0);
      shown = sequence;
    }
  }
}
