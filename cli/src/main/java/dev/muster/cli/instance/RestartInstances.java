package dev.muster.cli.instance;

import dev.muster.cli.Environment;
import picocli.CommandLine.Command;

@Command(
    name = "restart",
    description = "Stop instances and start them again, also those that have failed.",
    footer = {
      "",
      "Examples:",
      "  muster restart my-bot --timeout 2m",
      "  muster restart --all --status error --yes"
    })
public final class RestartInstances extends ChangeCommand {

  public RestartInstances(Environment environment) {
    super(environment, Change.RESTART);
  }
}
