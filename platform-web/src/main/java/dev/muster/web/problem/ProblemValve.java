package dev.muster.web.problem;

import dev.muster.events.instance.Ids;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Words the errors that the server finds before any filter runs, such as an unreadable request
 * line. Made by Tomcat, by name; nothing can be injected, and the path is not repeated, as it may
 * be what is broken.
 */
public final class ProblemValve extends ErrorReportValve {

  private static final String REQUEST_ID = "X-Request-Id";

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    if (response.getStatus() < 400 || response.getContentWritten() > 0) {
      return;
    }
    try {
      var requestId =
          Optional.ofNullable(response.getHeader(REQUEST_ID)).orElseGet(Ids::newRequest);
      response.setHeader(REQUEST_ID, requestId);
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setContentType(Problem.MEDIA_TYPE);
      response
          .getOutputStream()
          .write(body(response.getStatus(), requestId).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      container.getLogger().debug("client left before its answer", e);
    }
  }

  private static String body(int status, String requestId) {
    var known = ProblemType.of(status);
    return "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"the request could not be read\",\"request_id\":\"%s\"}"
        .formatted(
            known.map(ProblemType::uri).orElse("about:blank"),
            known.map(ProblemType::title).orElseGet(() -> phrase(status)),
            status,
            requestId);
  }

  /** RFC 9457, 4.2.1: {@code about:blank} says no more than the status does. */
  private static String phrase(int status) {
    return Optional.ofNullable(HttpStatus.resolve(status))
        .map(HttpStatus::getReasonPhrase)
        .orElse("Error");
  }
}
