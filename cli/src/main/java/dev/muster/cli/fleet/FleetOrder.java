package dev.muster.cli.fleet;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.api.Call;
import dev.muster.cli.output.Listing;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.ServerCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Something that is asked of a worker or of a host. */
abstract class FleetOrder extends ServerCommand {

  private final String path;
  private final Listing listing;

  @Parameters(paramLabel = "NAME", description = "Its name, as in: muster ${PARENT-COMMAND-NAME}")
  private String name = "";

  @Mixin private OutputOptions output = new OutputOptions();

  /**
   * @param path of the call, with %s for the name
   */
  FleetOrder(Environment environment, String path, Listing listing) {
    super(environment);
    this.path = path;
    this.listing = listing;
  }

  @Override
  protected Exit run() {
    var answers = output.into(environment, listing);
    var call = Call.post(path.formatted(Call.encoded(name)), "");
    answers.show(api().command(call).json());
    return Exit.DONE;
  }
}
