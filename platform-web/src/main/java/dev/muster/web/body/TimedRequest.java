package dev.muster.web.body;

import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemIOException;
import dev.muster.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;

/** A request whose body ends in a problem when it takes too long. */
final class TimedRequest extends GuardedRequest {

  private final long until;
  private final Duration atMost;

  TimedRequest(HttpServletRequest request, Duration atMost) {
    super(request);
    this.atMost = atMost;
    this.until = System.nanoTime() + atMost.toNanos();
  }

  @Override
  void check(int more) throws ProblemIOException {
    if (System.nanoTime() - until > 0) {
      throw new ProblemIOException(
          new ProblemException(
              ProblemType.TIMEOUT,
              "the body did not arrive within %d s".formatted(atMost.toSeconds())));
    }
  }
}
