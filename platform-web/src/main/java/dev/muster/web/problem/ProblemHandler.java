package dev.muster.web.problem;

import static dev.muster.web.problem.ProblemType.INTERNAL;
import static dev.muster.web.problem.ProblemType.INVALID_REQUEST;
import static dev.muster.web.problem.ProblemType.METHOD_NOT_ALLOWED;
import static dev.muster.web.problem.ProblemType.NOT_ACCEPTABLE;
import static dev.muster.web.problem.ProblemType.NOT_FOUND;
import static dev.muster.web.problem.ProblemType.UNSUPPORTED_MEDIA_TYPE;

import dev.muster.web.request.RequestIdFilter;
import dev.muster.web.waiting.TooManyWaitersException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns whatever a controller throws into a problem. What nobody expected is logged, and a 500. */
@RestControllerAdvice
final class ProblemHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

  @ExceptionHandler
  ResponseEntity<Problem> problem(ProblemException e, HttpServletRequest request) {
    var response =
        ResponseEntity.status(e.type().status())
            .contentType(MediaType.parseMediaType(Problem.MEDIA_TYPE));
    e.headers().forEach(response::header);
    return response.body(Problem.of(e, request));
  }

  @ExceptionHandler
  ResponseEntity<Problem> unreadable(
      HttpMessageNotReadableException e, HttpServletRequest request) {
    var problem = ProblemIOException.behind(e).orElseGet(() -> UnreadableBody.problem(e));
    return problem(problem, request);
  }

  @ExceptionHandler
  ResponseEntity<Problem> wrongType(
      MethodArgumentTypeMismatchException e, HttpServletRequest request) {
    var detail = "'%s' is not a value of '%s'".formatted(e.getValue(), e.getName());
    return problem(new ProblemException(INVALID_REQUEST, detail), request);
  }

  @ExceptionHandler
  ResponseEntity<Problem> missingParameter(
      MissingServletRequestParameterException e, HttpServletRequest request) {
    var detail = "the parameter '%s' is missing".formatted(e.getParameterName());
    return problem(new ProblemException(INVALID_REQUEST, detail), request);
  }

  @ExceptionHandler
  ResponseEntity<Problem> unreadableParameter(
      InvalidParameterException e, HttpServletRequest request) {
    log.debug("unreadable parameter", e);
    var detail = "the query cannot be read: names and values are percent-encoded UTF-8, up to 1000";
    return problem(new ProblemException(INVALID_REQUEST, detail), request);
  }

  @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
  ResponseEntity<Problem> noRoute(HttpServletRequest request) {
    var detail = "nothing is served at %s".formatted(request.getRequestURI());
    return problem(new ProblemException(NOT_FOUND, detail), request);
  }

  @ExceptionHandler
  ResponseEntity<Problem> wrongMethod(
      HttpRequestMethodNotSupportedException e, HttpServletRequest request) {
    var supported = e.getSupportedMethods();
    var allowed =
        supported == null
            ? ""
            : Arrays.stream(supported).sorted().collect(Collectors.joining(", "));
    var detail = "%s is not allowed here; allowed: %s".formatted(e.getMethod(), allowed);
    return problem(
        new ProblemException(METHOD_NOT_ALLOWED, detail).withHeader("Allow", allowed), request);
  }

  @ExceptionHandler
  ResponseEntity<Problem> notAcceptable(
      HttpMediaTypeNotAcceptableException e, HttpServletRequest request) {
    var detail = "this is served as " + join(e.getSupportedMediaTypes());
    return problem(new ProblemException(NOT_ACCEPTABLE, detail), request);
  }

  @ExceptionHandler
  ResponseEntity<Problem> unsupported(
      HttpMediaTypeNotSupportedException e, HttpServletRequest request) {
    var detail =
        "a body of type '%s' is not read here; send application/json".formatted(e.getContentType());
    return problem(
        new ProblemException(UNSUPPORTED_MEDIA_TYPE, detail)
            .withHeader("Accept", MediaType.APPLICATION_JSON_VALUE),
        request);
  }

  @ExceptionHandler
  ResponseEntity<Problem> tooManyWait(TooManyWaitersException e, HttpServletRequest request) {
    log.warn("too_many_wait cause=\"{}\": the caller is told to come back", e.getMessage());
    return problem(
        ProblemException.unavailable("too many calls wait already; try again soon"), request);
  }

  @ExceptionHandler
  void gone(AsyncRequestNotUsableException e) {
    log.debug("client left before its answer", e);
  }

  @ExceptionHandler
  ResponseEntity<Problem> unexpected(Exception e, HttpServletRequest request) {
    log.error(
        "unexpected failure request_id={} method={} path={}",
        RequestIdFilter.idOf(request),
        request.getMethod(),
        request.getRequestURI(),
        e);
    var detail = "the log has more under this request id";
    return problem(new ProblemException(INTERNAL, detail), request);
  }

  private static String join(Iterable<MediaType> types) {
    var text = new StringBuilder();
    for (var type : types) {
      text.append(text.isEmpty() ? "" : ", ").append(type);
    }
    return text.isEmpty() ? MediaType.APPLICATION_JSON_VALUE : text.toString();
  }
}
