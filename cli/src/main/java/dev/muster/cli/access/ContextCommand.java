package dev.muster.cli.access;

import dev.muster.cli.Environment;
import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.context.Contexts;
import dev.muster.cli.server.Command;

/** A command about the contexts of this user. */
abstract class ContextCommand extends Command {

  ContextCommand(Environment environment) {
    super(environment);
  }

  final Contexts contexts() {
    return Contexts.of(environment.variables())
        .orElseThrow(
            () ->
                new Failure(
                    Exit.USAGE,
                    "contexts are kept in the home folder, and there is none",
                    "Set HOME or XDG_CONFIG_HOME, or use MUSTER_URL and MUSTER_API_KEY."));
  }
}
