package dev.muster.cli.instance;

import dev.muster.cli.Environment;
import picocli.CommandLine.Command;

@Command(
    name = "pause",
    description =
        "Suspend instances; all that they have in memory stays. It is done when the host has done"
            + " it.",
    footer = {
      "",
      "Examples:",
      "  muster pause my-bot",
      "  muster pause --all --region us-east-1 --yes"
    })
public final class PauseInstances extends ChangeCommand {

  public PauseInstances(Environment environment) {
    super(environment, Change.PAUSE);
  }
}
