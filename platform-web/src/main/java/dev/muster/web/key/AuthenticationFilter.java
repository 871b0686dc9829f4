package dev.muster.web.key;

import dev.muster.events.envelope.Actor;
import dev.muster.web.key.Admission.Admitted;
import dev.muster.web.key.Admission.Refused;
import dev.muster.web.key.Admission.TooEarly;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import dev.muster.web.problem.ProblemWriter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets nobody in without a key, except where the contract says that none is needed. */
@Component
@Order(10)
public final class AuthenticationFilter extends OncePerRequestFilter {

  private static final Set<String> OPEN =
      Set.of(
          "/healthz",
          "/openapi.json",
          "/docs",
          "/docs/docs.js",
          "/docs/swagger-ui.css",
          "/docs/swagger-ui.js");
  private static final String ATTRIBUTE = AuthenticationFilter.class.getName();
  private static final String BEARER = "Bearer ";

  private final KeyRing keys;
  private final KeyUses uses;
  private final FailedAttempts failures;
  private final ProblemWriter problems;
  private final MeterRegistry meters;

  AuthenticationFilter(
      KeyRing keys,
      KeyUses uses,
      FailedAttempts failures,
      ProblemWriter problems,
      MeterRegistry meters) {
    this.keys = keys;
    this.uses = uses;
    this.failures = failures;
    this.problems = problems;
    this.meters = meters;
  }

  /** Whether what is served at that path is for everyone. */
  public static boolean isOpen(String path) {
    return OPEN.contains(path);
  }

  /**
   * Whose key the request carries.
   *
   * @throws IllegalStateException on a route that needs no key
   */
  public static Actor actorOf(HttpServletRequest request) {
    return holderOf(request)
        .map(Holder::actor)
        .orElseThrow(
            () ->
                new IllegalStateException("nobody is authenticated at " + request.getRequestURI()));
  }

  /** Whose key the request carries, and what it is good for; empty where none is needed. */
  public static Optional<Holder> holderOf(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Holder holder
        ? Optional.of(holder)
        : Optional.empty();
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return isOpen(request.getRequestURI());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var presented = presented(request);
    if (presented.size() > 1) {
      problems.write(request, response, ambiguous());
      return;
    }
    var admission =
        presented.stream().findFirst().map(keys::admit).orElseGet(() -> new Refused("no key"));
    switch (admission) {
      case Admitted(var holder) -> {
        if (!keys.isAdmin(holder.actor().id())) {
          uses.seen(holder.actor().id(), request.getRemoteAddr());
        }
        request.setAttribute(ATTRIBUTE, holder);
        chain.doFilter(request, response);
      }
      case Refused(var reason) -> {
        meters.counter("muster.authentication.failures", "reason", reason).increment();
        var wait = failures.add(request.getRemoteAddr(), reason);
        problems.write(request, response, wait == 0 ? refusal() : tooOften(wait));
      }
      case TooEarly _ -> problems.write(request, response, tooEarly());
    }
  }

  /** Every key that the request names, in either header. */
  private static Set<String> presented(HttpServletRequest request) {
    return Stream.concat(
            Collections.list(request.getHeaders("X-API-Key")).stream(),
            Collections.list(request.getHeaders("Authorization")).stream()
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip()))
        .collect(Collectors.toSet());
  }

  private static ProblemException ambiguous() {
    return new ProblemException(
        ProblemType.INVALID_REQUEST, "the request names several keys; send one");
  }

  private static ProblemException tooOften(long seconds) {
    return new ProblemException(
            ProblemType.RATE_LIMITED, "this address has sent too many keys that are not valid")
        .withHeader("Retry-After", Long.toString(seconds));
  }

  private static ProblemException refusal() {
    return new ProblemException(
            ProblemType.UNAUTHENTICATED, "send a valid key in the X-API-Key header")
        .withHeader("WWW-Authenticate", "Bearer");
  }

  private static ProblemException tooEarly() {
    return ProblemException.unavailable("not every key is known here yet; try again soon");
  }
}
