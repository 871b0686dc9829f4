package dev.muster.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.web.request.RequestIdFilter;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * The body of every error: RFC 9457, with the request's id and pointers into a bad body.
 *
 * @param type a stable path that names the kind of error
 * @param detail what was wrong with this very request
 * @param instance the path that was asked
 * @param requestId as in the header {@code X-Request-Id}
 * @param errors what does not fit in a body, and where
 */
record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    String requestId,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PointerError> errors) {

  static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(ProblemException e, HttpServletRequest request) {
    return new Problem(
        e.type().uri(),
        e.type().title(),
        e.type().status(),
        e.detail(),
        path(request),
        RequestIdFilter.idOf(request),
        e.errors());
  }

  /** Where the caller asked, also when the server itself has sent the request on. */
  private static String path(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String asked
        ? asked
        : request.getRequestURI();
  }
}
