package dev.muster.cli.access;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "use",
    description = "Ask this server from now on.",
    footer = {"", "Examples:", "  muster context use local"})
public final class UseContext extends ContextCommand {

  @Parameters(paramLabel = "NAME", description = "Which, as in: muster context list")
  private String name = "";

  public UseContext(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    contexts().use(name);
    environment.say("Commands ask %s now.".formatted(contexts().get(name).url()));
    return Exit.DONE;
  }
}
