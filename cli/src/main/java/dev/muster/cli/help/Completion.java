package dev.muster.cli.help;

import dev.muster.cli.CommandTree;
import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.server.Command;
import picocli.AutoComplete;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "completion",
    description = "Print what makes a shell complete commands and options.",
    footer = {
      "",
      "Examples:",
      "  source <(muster completion bash)",
      "  muster completion fish > ~/.config/fish/completions/muster.fish"
    })
public final class Completion extends Command {

  @Parameters(paramLabel = "SHELL", description = "Which: bash, zsh, fish.")
  private String shell = "";

  public Completion(Environment environment) {
    super(environment);
  }

  @Override
  protected Exit run() {
    var line = CommandTree.whole(environment);
    var script =
        switch (shell) {
          // Of zsh it takes the same, by its own bashcompinit.
          case "bash", "zsh" -> AutoComplete.bash("muster", line);
          case "fish" -> FishCompletion.of(line);
          default ->
              throw new Failure(
                  Exit.USAGE, "no completion for '%s'".formatted(shell), "Shells: bash, zsh, fish");
        };
    environment.print(script);
    return Exit.DONE;
  }
}
