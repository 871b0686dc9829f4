package dev.muster.cli.instance;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.output.JsonText;
import dev.muster.cli.server.ServerCommand;
import dev.muster.cli.server.StatusException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ssh",
    description = "Open a shell in a running instance, with the system's ssh.",
    footer = {"", "Examples:", "  muster ssh my-bot", "  muster ssh my-bot --print"})
public final class ShellOfInstance extends ServerCommand {

  @Parameters(paramLabel = "INSTANCE", description = "Its id, or its name.")
  private String instance = "";

  @Option(
      names = "--print",
      description = "Print the command, which is good for one login within a minute.")
  private boolean print;

  @Option(names = "--json", description = "Print all that the server says of it.")
  private boolean json;

  public ShellOfInstance(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var shell =
        api().get("/api/instances/%s/ssh".formatted(new InstanceLookup(api()).id(instance)));
    if (json) {
      environment.say(JsonText.indented(shell));
    } else if (print) {
      environment.say(shell.path("command").asString());
    } else {
      StatusException.throwUnlessZero(
          SshCommand.run(new SshCommand(shell).line(List.of(), List.of())));
    }
    return Exit.DONE;
  }
}
