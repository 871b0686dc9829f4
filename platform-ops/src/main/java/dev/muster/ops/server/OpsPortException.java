package dev.muster.ops.server;

/** The port for operators cannot be had; the message says what to do. */
public final class OpsPortException extends RuntimeException {

  OpsPortException(String message, Throwable cause) {
    super(message, cause);
  }
}
