package dev.muster.cli.fleet;

import dev.muster.cli.Environment;
import picocli.CommandLine.Command;

@Command(
    name = "uncordon",
    description = "Let a host that was cordoned have new instances again.",
    footer = {"", "Examples:", "  muster hosts uncordon rack-7"})
public final class UncordonHost extends FleetOrder {

  public UncordonHost(Environment environment) {
    super(environment, "/api/hosts/%s/uncordon", FleetListing.CORDON);
  }
}
