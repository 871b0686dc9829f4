package dev.muster.cli.context;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;

/** A context that is missing, or cannot be used. */
public final class ContextException extends Failure {

  private static final long serialVersionUID = 1L;

  ContextException(String message, String... more) {
    super(Exit.USAGE, message, more);
  }
}
