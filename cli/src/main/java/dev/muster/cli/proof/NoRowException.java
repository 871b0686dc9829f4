package dev.muster.cli.proof;

/** A line that should be a row is none. */
final class NoRowException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoRowException(String why) {
    super(why, null, false, false);
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
