package dev.muster.cli.fleet;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.api.Call;
import dev.muster.cli.output.JsonText;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.ServerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = "Show all of a dead letter, its content too.",
    footer = {"", "Examples:", "  muster dead-letters show ID"})
public final class ShowDeadLetter extends ServerCommand {

  @Parameters(paramLabel = "ID", description = "Its id, as in: muster dead-letters list")
  private String id = "";

  @Mixin private OutputOptions output = new OutputOptions();

  public ShowDeadLetter(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, FleetListing.DEAD_LETTERS);
    var letter =
        api().rows(Call.get("/api/dead-letters"), Integer.MAX_VALUE).stream()
            .filter(one -> one.path("id").asString().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new Failure(
                        Exit.NOT_FOUND,
                        "there is no dead letter '%s'".formatted(id),
                        "Next: muster dead-letters list"));
    if (output.isTable()) {
      environment.say(JsonText.indented(letter));
    } else {
      answers.show(letter);
    }
    return Exit.DONE;
  }
}
