package dev.muster.web.problem;

import dev.muster.events.instance.Ids;
import dev.muster.ops.log.LogThrottle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * Words the errors that the server finds before any filter runs, such as an unreadable request
 * line. Made by Tomcat, by name; nothing can be injected. They are logged at most once a second:
 * who sends them needs no key.
 */
public final class ProblemValve extends ErrorReportValve {

  private static final String REQUEST_ID = "X-Request-Id";
  private static final Pattern IN_NO_PATH =
      Pattern.compile("[^A-Za-z0-9/%._~!$&'()*+,;=:@-]|%(?![0-9A-Fa-f]{2})");
  private static final Logger log = LoggerFactory.getLogger(ProblemValve.class);

  private final LogThrottle lines = new LogThrottle(Duration.ofSeconds(1));

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
      var body = body(response.getStatus(), instance(request), requestId);
      response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      lines.write(
          suppressed ->
              log.info(
                  "request_unreadable status={} source_ip={} request_id={} suppressed={}",
                  response.getStatus(),
                  request.getPeerAddr(),
                  requestId,
                  suppressed));
    } catch (IOException e) {
      container.getLogger().debug("client left before its answer", e);
    }
  }

  /** The path that was asked; what stands in no URI is left out. */
  private static String instance(Request request) {
    var asked = Optional.ofNullable(request.getRequestURI()).orElse("");
    return asked.startsWith("/") ? IN_NO_PATH.matcher(asked).replaceAll("") : "/";
  }

  private static String body(int status, String instance, String requestId) {
    var known = ProblemType.of(status);
    return "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"the request could not be read\",\"instance\":\"%s\",\"request_id\":\"%s\"}"
        .formatted(
            known.map(ProblemType::uri).orElse("about:blank"),
            known.map(ProblemType::title).orElseGet(() -> phrase(status)),
            status,
            instance,
            requestId);
  }

  /** RFC 9457, 4.2.1: {@code about:blank} says no more than the status does. */
  private static String phrase(int status) {
    return Optional.ofNullable(HttpStatus.resolve(status))
        .map(HttpStatus::getReasonPhrase)
        .orElse("Error");
  }
}
