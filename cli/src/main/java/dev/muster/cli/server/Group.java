package dev.muster.cli.server;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A name before others; alone it shows what these are. */
public abstract class Group extends Command {

  @Spec private CommandSpec spec = CommandSpec.create();

  protected Group(Environment environment) {
    super(environment);
  }

  @Override
  protected final Exit run() {
    spec.commandLine().usage(environment.err());
    return Exit.USAGE;
  }
}
