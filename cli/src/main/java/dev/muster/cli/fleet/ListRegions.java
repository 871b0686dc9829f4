package dev.muster.cli.fleet;

import dev.muster.cli.Environment;
import dev.muster.cli.server.ListCommand;
import picocli.CommandLine.Command;

@Command(
    name = "regions",
    description = "List the regions, and how many hosts and workers each has.",
    footer = {"", "Examples:", "  muster regions"})
public final class ListRegions extends ListCommand {

  public ListRegions(Environment environment) {
    super(environment, "/api/regions", FleetListing.REGIONS);
  }
}
