package dev.muster.standalone;

/** Muster cannot start, for a reason that its user can do something about. One line. */
final class StartException extends RuntimeException {

  StartException(String message) {
    super(message);
  }

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
