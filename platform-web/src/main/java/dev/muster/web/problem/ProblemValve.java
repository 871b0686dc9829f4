package dev.muster.web.problem;

import dev.muster.web.request.RequestIdFilter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Words the errors that the server finds before any filter runs, such as an unreadable request
 * line. Made by Tomcat, by name; nothing can be injected, and the path is not repeated, as it may
 * be what is broken.
 */
public final class ProblemValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    if (response.getStatus() < 400 || response.getContentWritten() > 0) {
      return;
    }
    try {
      var type = ProblemErrorController.typeOf(response.getStatus());
      var requestId = RequestIdFilter.idOf(request);
      response.setContentType(Problem.MEDIA_TYPE);
      response.setHeader(RequestIdFilter.HEADER, requestId);
      response
          .getOutputStream()
          .write(body(type, response.getStatus(), requestId).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      container.getLogger().debug("client left before its answer", e);
    }
  }

  private static String body(ProblemType type, int status, String requestId) {
    return """
    {"type":"%s","title":"%s","status":%d,"detail":"the request could not be read",\
    "request_id":"%s"}\
    """
        .formatted(type.uri(), type.title(), status, requestId);
  }
}
