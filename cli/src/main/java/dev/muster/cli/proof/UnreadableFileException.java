package dev.muster.cli.proof;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;

/** What should be evidence cannot be read as such; nothing is said of what it proves. */
public final class UnreadableFileException extends Failure {

  private static final long serialVersionUID = 1L;

  UnreadableFileException(String what, String... more) {
    super(Exit.USAGE, what, more);
  }
}
