package dev.muster.command.topic;

/** The broker never takes a record of that size. */
public final class TooLargeException extends RuntimeException {

  TooLargeException(Throwable cause) {
    super("the record is too large for the broker", cause);
  }
}
