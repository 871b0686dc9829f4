package dev.muster.events.codec;

/** A stored or received message that this version cannot make sense of. */
public final class UnreadableMessageException extends RuntimeException {

  public UnreadableMessageException(String message) {
    super(message);
  }

  public UnreadableMessageException(String message, Throwable cause) {
    super(message, cause);
  }
}
