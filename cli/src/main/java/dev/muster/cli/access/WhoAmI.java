package dev.muster.cli.access;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.output.OutputOptions;
import dev.muster.cli.server.ServerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "whoami",
    description = "Say which server commands ask, with which key, and what that may do.",
    footer = {"", "Examples:", "  muster whoami"})
public final class WhoAmI extends ServerCommand {

  @Mixin private OutputOptions output = new OutputOptions();

  public WhoAmI(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    output.into(environment, KeyListing.WHO).show(new Caller(api()).whoAmI());
    return Exit.DONE;
  }
}
