package dev.muster.cli.fleet;

import dev.muster.cli.Environment;
import dev.muster.cli.server.ListCommand;
import picocli.CommandLine.Command;

@Command(
    name = "workers",
    description = "List the workers, or drain one and call it back.",
    subcommands = {DrainWorker.class, ResumeWorker.class},
    footer = {"", "Examples:", "  muster workers", "  muster workers drain worker-1"})
public final class WorkersGroup extends ListCommand {

  public WorkersGroup(Environment environment) {
    super(environment, "/api/workers", FleetListing.WORKERS);
  }
}
