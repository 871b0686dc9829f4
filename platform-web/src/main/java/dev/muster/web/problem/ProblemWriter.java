package dev.muster.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems where no controller is in reach: in filters, and for the server's own errors. */
@Component
public final class ProblemWriter {

  private final JsonMapper mapper;

  ProblemWriter(JsonMapper mapper) {
    this.mapper = mapper;
  }

  public void write(
      HttpServletRequest request, HttpServletResponse response, ProblemException problem)
      throws IOException {
    var body = Problem.of(problem, request);
    response.setStatus(problem.type().status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setHeader("X-Request-Id", body.requestId());
    problem.headers().forEach(response::setHeader);
    // Without its length: the server would take the answer for finished, and the call with it.
    response.getOutputStream().write(mapper.writeValueAsBytes(body));
  }
}
