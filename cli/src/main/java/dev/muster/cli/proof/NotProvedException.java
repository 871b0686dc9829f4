package dev.muster.cli.proof;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import java.util.List;

/** It was read, and is not what was signed, or nothing shows that it is. */
public final class NotProvedException extends Failure {

  private static final long serialVersionUID = 1L;

  public NotProvedException(String what, String... more) {
    super(Exit.NOT_PROVED, what, more);
  }

  NotProvedException(String what, List<String> more) {
    super(Exit.NOT_PROVED, what, more);
  }

  /** The same of a file, which is named. */
  NotProvedException of(String file) {
    return new NotProvedException("%s is not proved: %s".formatted(file, what()), more());
  }
}
