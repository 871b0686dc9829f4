package dev.muster.cli.access;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    description = "Forget a server, and the key that is kept for it.",
    footer = {"", "Examples:", "  muster context remove lab"})
public final class RemoveContext extends ContextCommand {

  @Parameters(paramLabel = "NAME", description = "Which, as in: muster context list")
  private String name = "";

  public RemoveContext(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    contexts().remove(name);
    environment.say("Context %s is gone.".formatted(name));
    return Exit.DONE;
  }
}
