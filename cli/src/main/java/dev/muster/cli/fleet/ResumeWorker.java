package dev.muster.cli.fleet;

import dev.muster.cli.Environment;
import picocli.CommandLine.Command;

@Command(
    name = "resume",
    description = "Let a worker that was drained take work again.",
    footer = {"", "Examples:", "  muster workers resume worker-1"})
public final class ResumeWorker extends FleetOrder {

  public ResumeWorker(Environment environment) {
    super(environment, "/api/workers/%s/resume", FleetListing.DRAINING);
  }
}
