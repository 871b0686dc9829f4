package dev.muster.infrastructure;

/** A server could not be started. The message is one line that says why and what to do. */
public final class ServerStartException extends RuntimeException {

  public ServerStartException(String message) {
    super(message);
  }

  public ServerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
