package dev.muster.command.eventstore;

/**
 * The event store cannot be reached, or not in time. Whether an append that failed so was made is
 * not known; whoever asks again finds out by the state.
 */
public final class EventStoreUnavailableException extends RuntimeException {

  public EventStoreUnavailableException(String message) {
    super(message);
  }

  public EventStoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
