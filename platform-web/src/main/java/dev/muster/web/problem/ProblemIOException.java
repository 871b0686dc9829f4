package dev.muster.web.problem;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A problem met while a body was read, where only an {@link IOException} gets through. */
public final class ProblemIOException extends IOException {

  private final ProblemException problem;

  public ProblemIOException(ProblemException problem) {
    super(problem.detail());
    this.problem = problem;
  }

  /** The problem at the root of a failure, if there is one. */
  static Optional<ProblemException> behind(@Nullable Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemIOException e) {
        return Optional.of(e.problem);
      }
    }
    return Optional.empty();
  }
}
