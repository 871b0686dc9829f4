package dev.muster.command.start;

import dev.muster.ops.launch.StartException;

/** The service cannot start until an operator does something; the message says what, in a line. */
public final class CannotStartException extends StartException {

  public CannotStartException(String message) {
    super(message);
  }

  public CannotStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
