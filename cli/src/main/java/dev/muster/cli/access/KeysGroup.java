package dev.muster.cli.access;

import dev.muster.cli.Environment;
import dev.muster.cli.server.Group;
import picocli.CommandLine.Command;

@Command(
    name = "keys",
    description = "List, issue, replace and revoke API keys.",
    subcommands = {ListKeys.class, CreateKey.class, ReplaceKey.class, RevokeKeys.class},
    footer = {"", "Examples:", "  muster keys list"})
public final class KeysGroup extends Group {

  public KeysGroup(Environment environment) {
    super(environment);
  }
}
