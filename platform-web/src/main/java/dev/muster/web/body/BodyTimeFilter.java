package dev.muster.web.body;

import dev.muster.web.settings.WebSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.CloseNowException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every body bounded time to arrive, strangers' too. The server would wait for each byte
 * anew, both while a body is read and for the rest of one that nobody wanted to read.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class BodyTimeFilter extends OncePerRequestFilter {

  /** What is left of a body is read to its end for the sake of the answer, unless it is long. */
  private static final int MOST_LEFT = 1 << 20;

  private final Duration atMost;

  BodyTimeFilter(WebSettings settings) {
    this.atMost = settings.http().requestTime();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!hasBody(request)) {
      chain.doFilter(request, response);
      return;
    }
    var timed = new TimedRequest(request, atMost);
    chain.doFilter(timed, response);
    if (!request.isAsyncStarted() && !timed.isBroken()) {
      response.flushBuffer();
      try {
        readRest(timed.getInputStream());
      } catch (IOException e) {
        throw new CloseNowException("the rest of a body did not come", e);
      }
    }
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0
        || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
  }

  private static void readRest(ServletInputStream body) throws IOException {
    var buffer = new byte[8192];
    int left = MOST_LEFT;
    for (int count; (count = body.read(buffer)) >= 0; left -= count) {
      if (left < 0) {
        throw new IOException("too much of a body was left unread");
      }
    }
  }
}
