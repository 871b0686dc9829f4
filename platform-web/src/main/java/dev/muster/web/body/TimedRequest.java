package dev.muster.web.body;

import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemIOException;
import dev.muster.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;

/**
 * A request whose body ends in a problem when it takes too long. Only the time that is spent
 * waiting for it counts: the answer may take longer, and the body is read to its end after that.
 */
final class TimedRequest extends GuardedRequest {

  private final Duration atMost;

  TimedRequest(HttpServletRequest request, Duration atMost) {
    super(request);
    this.atMost = atMost;
  }

  @Override
  void check(int more) throws ProblemIOException {
    if (readingNanos() > atMost.toNanos()) {
      throw new ProblemIOException(
          new ProblemException(
              ProblemType.TIMEOUT,
              "the body did not arrive within %d s".formatted(atMost.toSeconds())));
    }
  }
}
