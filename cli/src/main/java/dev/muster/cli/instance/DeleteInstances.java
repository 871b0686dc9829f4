package dev.muster.cli.instance;

import dev.muster.cli.Environment;
import picocli.CommandLine.Command;

@Command(
    name = "delete",
    aliases = "rm",
    description = "Remove instances from their hosts for good. Their history stays.",
    footer = {
      "",
      "Examples:",
      "  muster delete my-bot",
      "  muster delete --all --name test- --dry-run"
    })
public final class DeleteInstances extends ChangeCommand {

  public DeleteInstances(Environment environment) {
    super(environment, Change.DELETE);
  }
}
