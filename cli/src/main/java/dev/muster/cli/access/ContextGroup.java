package dev.muster.cli.access;

import dev.muster.cli.Environment;
import dev.muster.cli.server.Group;
import picocli.CommandLine.Command;

@Command(
    name = "context",
    description = "Keep several servers by name, and choose one.",
    subcommands = {ListContexts.class, AddContext.class, UseContext.class, RemoveContext.class},
    footer = {"", "Examples:", "  muster context use production"})
public final class ContextGroup extends Group {

  public ContextGroup(Environment environment) {
    super(environment);
  }
}
