package dev.muster.command.topic;

import org.jspecify.annotations.Nullable;

/** The broker cannot be reached, or not in time. Whether it has taken the records is not known. */
public final class BrokerUnavailableException extends RuntimeException {

  public BrokerUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
