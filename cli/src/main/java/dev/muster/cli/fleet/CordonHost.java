package dev.muster.cli.fleet;

import dev.muster.cli.Environment;
import picocli.CommandLine.Command;

@Command(
    name = "cordon",
    description = "Keep new instances from a host; those that it has stay.",
    footer = {"", "Examples:", "  muster hosts cordon rack-7"})
public final class CordonHost extends FleetOrder {

  public CordonHost(Environment environment) {
    super(environment, "/api/hosts/%s/cordon", FleetListing.CORDON);
  }
}
