package dev.muster.cli.fleet;

import dev.muster.cli.Environment;
import picocli.CommandLine.Command;

@Command(
    name = "drain",
    description = "Let a worker finish what it has and take nothing new.",
    footer = {"", "Examples:", "  muster workers drain worker-1"})
public final class DrainWorker extends FleetOrder {

  public DrainWorker(Environment environment) {
    super(environment, "/api/workers/%s/drain", FleetListing.DRAINING);
  }
}
