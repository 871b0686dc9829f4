package dev.muster.cli.instance;

import dev.muster.cli.Environment;
import picocli.CommandLine.Command;

@Command(
    name = "resume",
    description = "Let paused instances go on where they were.",
    footer = {
      "",
      "Examples:",
      "  muster resume my-bot",
      "  muster resume --all --status paused --yes"
    })
public final class ResumeInstances extends ChangeCommand {

  public ResumeInstances(Environment environment) {
    super(environment, Change.RESUME);
  }
}
