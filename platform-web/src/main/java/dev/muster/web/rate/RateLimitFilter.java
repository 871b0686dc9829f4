package dev.muster.web.rate;

import dev.muster.web.key.AuthenticationFilter;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import dev.muster.web.problem.ProblemWriter;
import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds each key to its rate at this replica, and tells callers where they stand.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit
 *     header fields for HTTP</a>
 */
@Component
@Order(11)
final class RateLimitFilter extends OncePerRequestFilter {

  private final RateLimits limits;
  private final ProblemWriter problems;
  private final MeterRegistry meters;

  RateLimitFilter(RateLimits limits, ProblemWriter problems, MeterRegistry meters) {
    this.limits = limits;
    this.problems = problems;
    this.meters = meters;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var holder = AuthenticationFilter.holderOf(request);
    if (holder.isEmpty() || !limits.isOn()) {
      chain.doFilter(request, response);
      return;
    }
    var probe = limits.take(holder.get().actor().id());
    tell(response, probe);
    if (probe.isConsumed()) {
      chain.doFilter(request, response);
    } else {
      meters.counter("muster.requests.limited").increment();
      problems.write(request, response, refusal(probe));
    }
  }

  private void tell(HttpServletResponse response, ConsumptionProbe probe) {
    response.setHeader(
        "RateLimit-Policy", "\"key\";q=%d;w=%d".formatted(limits.burst(), limits.window()));
    response.setHeader(
        "RateLimit",
        "\"key\";r=%d;t=%d"
            .formatted(probe.getRemainingTokens(), seconds(probe.getNanosToWaitForReset())));
  }

  private static ProblemException refusal(ConsumptionProbe probe) {
    return new ProblemException(
            ProblemType.RATE_LIMITED, "this key has asked too much in too short a time")
        .withHeader("Retry-After", Long.toString(seconds(probe.getNanosToWaitForRefill())));
  }

  private static long seconds(long nanos) {
    return Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
  }
}
