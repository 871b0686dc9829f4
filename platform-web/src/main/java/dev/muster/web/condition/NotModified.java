package dev.muster.web.condition;

import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Answers 304 to a GET of what the caller has already.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110.html#section-13.1.2">RFC 9110, 13.1.2</a>
 */
public final class NotModified {

  private NotModified() {}

  /**
   * Sets the {@code ETag}, and the status where nothing more is to be said.
   *
   * @return whether the answer is given, and has no body
   */
  public static boolean isAnswer(ServletWebRequest exchange, String etag) {
    if (exchange.checkNotModified(etag)) {
      return true;
    }
    var response = exchange.getResponse();
    if (response == null || !namesAny(exchange)) {
      return false;
    }
    response.setStatus(HttpStatus.NOT_MODIFIED.value());
    return true;
  }

  /** The framework heeds a star on changes alone. */
  private static boolean namesAny(ServletWebRequest exchange) {
    return Stream.ofNullable(exchange.getHeaderValues(HttpHeaders.IF_NONE_MATCH))
        .flatMap(Stream::of)
        .anyMatch(value -> value.strip().equals("*"));
  }
}
