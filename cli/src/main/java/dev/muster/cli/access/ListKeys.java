package dev.muster.cli.access;

import dev.muster.cli.Environment;
import dev.muster.cli.server.ListCommand;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    description = "List all keys that were ever issued, the newest first; never a secret.",
    footer = {"", "Examples:", "  muster keys list -o wide"})
public final class ListKeys extends ListCommand {

  public ListKeys(Environment environment) {
    super(environment, "/api/keys", KeyListing.KEYS);
  }

  @Override
  protected boolean isPaged() {
    return true;
  }
}
