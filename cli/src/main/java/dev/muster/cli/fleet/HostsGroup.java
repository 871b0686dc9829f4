package dev.muster.cli.fleet;

import dev.muster.cli.Environment;
import dev.muster.cli.server.ListCommand;
import picocli.CommandLine.Command;

@Command(
    name = "hosts",
    description = "List what there is to run on, or keep new instances from a host.",
    subcommands = {CordonHost.class, UncordonHost.class},
    footer = {
      "",
      "Examples:",
      "  muster hosts -o wide",
      "  muster hosts cordon rack-7",
      "  muster hosts uncordon rack-7"
    })
public final class HostsGroup extends ListCommand {

  public HostsGroup(Environment environment) {
    super(environment, "/api/hosts", FleetListing.HOSTS);
  }
}
