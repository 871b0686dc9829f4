package dev.muster.cli.fleet;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.api.Call;
import dev.muster.cli.server.Question;
import dev.muster.cli.server.ServerCommand;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "drop",
    description = "Drop dead letters for good. Who did so is recorded.",
    footer = {"", "Examples:", "  muster dead-letters drop ID --yes"})
public final class DropDeadLetters extends ServerCommand {

  @Parameters(
      paramLabel = "ID",
      arity = "1..*",
      description = "Ids, as in: muster dead-letters list")
  private List<String> ids = List.of();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask before.")
  private boolean yes;

  public DropDeadLetters(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    if (!yes) {
      Question.confirm(
          environment,
          ids.size() == 1
              ? "Drop this dead letter?"
              : "Drop %d dead letters?".formatted(ids.size()));
    }
    for (var id : ids) {
      api().command(Call.delete("/api/dead-letters/" + Call.encoded(id)));
      environment.say(id + " dropped");
    }
    return Exit.DONE;
  }
}
