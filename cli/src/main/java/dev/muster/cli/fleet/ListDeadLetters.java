package dev.muster.cli.fleet;

import dev.muster.cli.Environment;
import dev.muster.cli.server.ListCommand;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    description = "List what could not be handled, and why, the newest first.",
    footer = {"", "Examples:", "  muster dead-letters list -o wide"})
public final class ListDeadLetters extends ListCommand {

  public ListDeadLetters(Environment environment) {
    super(environment, "/api/dead-letters", FleetListing.DEAD_LETTERS);
  }

  @Override
  protected boolean isPaged() {
    return true;
  }
}
