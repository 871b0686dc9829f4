package dev.muster.cli.help;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Version;
import dev.muster.cli.server.Command;

@picocli.CommandLine.Command(
    name = "version",
    description = "Show the version of this program.",
    footer = {"", "Examples:", "  muster version"})
public final class VersionCommand extends Command {

  public VersionCommand(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    environment.say(Version.line());
    return Exit.DONE;
  }
}
