package dev.muster.cli.server;

/** Ends with the status of another program, which has said what there was to say. */
public final class StatusException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  private StatusException(int status) {
    super("status " + status, null, false, false);
    this.status = status;
  }

  public static void throwUnlessZero(int status) {
    if (status != 0) {
      throw new StatusException(status);
    }
  }

  public int status() {
    return status;
  }
}
