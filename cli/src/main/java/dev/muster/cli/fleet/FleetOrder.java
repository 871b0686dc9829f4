package dev.muster.cli.fleet;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.api.Call;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.ServerCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Something that is asked of a worker. */
abstract class WorkerOrder extends ServerCommand {

  private final String order;

  @Parameters(paramLabel = "NAME", description = "Its name, as in: muster workers")
  private String name = "";

  @Mixin private OutputOptions output = new OutputOptions();

  WorkerOrder(Environment environment, String order) {
    super(environment);
    this.order = order;
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, FleetListing.DRAINING);
    var path = "/api/workers/%s/%s".formatted(Call.encoded(name), order);
    answers.show(api().command(Call.post(path, "")).json());
    return Exit.DONE;
  }
}
