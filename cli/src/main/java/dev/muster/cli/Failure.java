package dev.muster.cli;

import java.util.List;

/** Why a command ends without having done it: what happened, and what to do about it. */
public class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Exit exit;
  private final List<String> more;

  /**
   * @param more further lines, such as the next step
   */
  public Failure(Exit exit, String message, String... more) {
    this(exit, message, List.of(more));
  }

  public Failure(Exit exit, String message, List<String> more) {
    super(message, null, false, false);
    this.exit = exit;
    this.more = List.copyOf(more);
  }

  public Exit exit() {
    return exit;
  }

  public String what() {
    return String.valueOf(getMessage());
  }

  /** Lines below the first one. */
  public List<String> more() {
    return more;
  }
}
