package dev.muster.cli.instance;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.server.ServerCommand;
import dev.muster.cli.server.StatusException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "exec",
    description = "Run a command in a running instance; the exit status is that of the command.",
    footer = {
      "",
      "Examples:",
      "  muster exec my-bot -- ls -l",
      "  muster exec my-bot -- sh -c 'cat > notes' < notes"
    })
public final class ExecInInstance extends ServerCommand {

  @Parameters(
      paramLabel = "INSTANCE -- COMMAND...",
      arity = "1..*",
      hideParamSyntax = true,
      description = "Its id, or its name; after --, program and arguments.")
  private List<String> words = List.of();

  @Option(
      names = {"-t", "--tty"},
      description = "Give the command a terminal.")
  private boolean terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  public ExecInInstance(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var given = CommandWords.of(spec, words);
    if (given.before().size() != 1 || given.after().isEmpty()) {
      throw new Failure(
          Exit.USAGE,
          "an instance stands before --, and the command after it",
          "Such as: muster exec my-bot -- ls -l");
    }
    var id = new InstanceLookup(api()).id(given.before().getFirst());
    var shell = api().get("/api/instances/%s/ssh".formatted(id));
    var options = List.of(terminal ? "-tt" : "-T");
    StatusException.throwUnlessZero(
        SshCommand.run(new SshCommand(shell).line(options, given.after())));
    return Exit.DONE;
  }
}
