package dev.muster.cli.fleet;

import dev.muster.cli.Environment;
import dev.muster.cli.server.ListCommand;
import picocli.CommandLine.Command;

@Command(
    name = "hosts",
    description = "List what there is to run on.",
    footer = {"", "Examples:", "  muster hosts -o wide"})
public final class ListHosts extends ListCommand {

  public ListHosts(Environment environment) {
    super(environment, "/api/hosts", FleetListing.HOSTS);
  }
}
