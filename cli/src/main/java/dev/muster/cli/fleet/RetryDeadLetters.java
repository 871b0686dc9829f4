package dev.muster.cli.fleet;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.api.Call;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.ServerCommand;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "retry",
    description = "Put dead letters back before the readers that failed.",
    footer = {"", "Examples:", "  muster dead-letters retry ID"})
public final class RetryDeadLetters extends ServerCommand {

  @Parameters(
      paramLabel = "ID",
      arity = "1..*",
      description = "Ids, as in: muster dead-letters list")
  private List<String> ids = List.of();

  @Mixin private OutputOptions output = new OutputOptions();

  public RetryDeadLetters(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, FleetListing.RETRIED);
    answers.show(
        ids.stream()
            .map(id -> "/api/dead-letters/%s/retry".formatted(Call.encoded(id)))
            .map(path -> api().command(Call.post(path, "")).json())
            .toList());
    return Exit.DONE;
  }
}
