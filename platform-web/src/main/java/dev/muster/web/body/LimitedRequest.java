package dev.muster.web.body;

import dev.muster.web.problem.ProblemIOException;
import jakarta.servlet.http.HttpServletRequest;

/** A request whose body ends in a problem once it goes over the limit. */
final class LimitedRequest extends GuardedRequest {

  private int read;

  LimitedRequest(HttpServletRequest request) {
    super(request);
  }

  @Override
  void check(int more) throws ProblemIOException {
    read += more;
    if (read > BodyLimitFilter.MAX_BYTES) {
      throw new ProblemIOException(BodyLimitFilter.tooLarge());
    }
  }
}
