package dev.muster.cli;

/** Nobody reads on, as after {@code | head -1}; that is no failure. */
public final class ClosedPipe extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ClosedPipe() {
    super("closed", null, false, false);
  }
}
