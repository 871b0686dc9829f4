package dev.muster.web.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers errors that never reached a controller, such as those of the servlet container. */
@Hidden
@RestController
final class ProblemErrorController implements ErrorController {

  private final ProblemWriter writer;

  ProblemErrorController(ProblemWriter writer) {
    this.writer = writer;
  }

  @RequestMapping("${server.error.path:/error}")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (response.isCommitted()) {
      // The caller has an answer; the server would put this one behind it.
      return;
    }
    var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    var type = status instanceof Integer code ? typeOf(code) : ProblemType.NOT_FOUND;
    writer.write(request, response, new ProblemException(type, type.title()));
  }

  private static ProblemType typeOf(int status) {
    return ProblemType.of(status)
        .orElse(status < 500 ? ProblemType.INVALID_REQUEST : ProblemType.INTERNAL);
  }
}
