package dev.muster.cli.fleet;

import dev.muster.cli.Environment;
import dev.muster.cli.server.Group;
import picocli.CommandLine.Command;

@Command(
    name = "dead-letters",
    description = "Look at what could not be handled, and put it back or drop it.",
    subcommands = {
      ListDeadLetters.class,
      ShowDeadLetter.class,
      RetryDeadLetters.class,
      DropDeadLetters.class
    },
    footer = {"", "Examples:", "  muster dead-letters list"})
public final class DeadLettersGroup extends Group {

  public DeadLettersGroup(Environment environment) {
    super(environment);
  }
}
