package dev.muster.cli;

import dev.muster.cli.server.Command;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What stands before all commands. */
@CommandLine.Command(
    name = "muster",
    description =
        "Keeps a roll of instances: creates, pauses, restarts and watches them, and knows all that"
            + " happened.",
    footer = {
      "",
      "Examples:",
      "  muster create my-bot",
      "  muster logs -f my-bot",
      "  muster list -o json",
      "",
      "muster COMMAND --help says more of each."
    })
public final class RootCommand extends Command {

  @Option(names = "--version", description = "Show the version.")
  private boolean version;

  @Spec private CommandSpec spec = CommandSpec.create();

  public RootCommand(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    if (version) {
      environment.say(Version.line());
      return Exit.DONE;
    }
    environment.print(spec.commandLine().getUsageMessage());
    return Exit.DONE;
  }
}
