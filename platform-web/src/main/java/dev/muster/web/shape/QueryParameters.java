package dev.muster.web.shape;

import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/**
 * The query parameters that a route takes, each once. Any other is refused: a filter that is
 * misspelt must not be answered as if it were not there.
 */
record QueryParameters(Map<String, MethodParameter> known) {

  static QueryParameters of(HandlerMethod method) {
    return new QueryParameters(
        Arrays.stream(method.getMethodParameters())
            .filter(parameter -> nameOf(parameter).isPresent())
            .collect(
                Collectors.toMap(
                    parameter -> nameOf(parameter).orElseThrow(),
                    parameter -> parameter,
                    (first, _) -> first,
                    TreeMap::new)));
  }

  /**
   * @throws ProblemException 400 that names the parameter
   */
  void check(HttpServletRequest request) {
    request.getParameterMap().forEach(this::check);
  }

  private void check(String name, String[] values) {
    var parameter = known.get(name);
    if (parameter == null) {
      throw refused("there is no parameter '%s' here; %s".formatted(name, choice()));
    }
    if (values.length > 1 && parameter.getParameterType() == String.class) {
      throw refused("%s is given %d times; it takes one value".formatted(name, values.length));
    }
  }

  private String choice() {
    return known.isEmpty() ? "it takes none" : "it takes " + String.join(", ", known.keySet());
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(ProblemType.INVALID_REQUEST, detail);
  }

  private static Optional<String> nameOf(MethodParameter parameter) {
    return Optional.ofNullable(
            AnnotatedElementUtils.findMergedAnnotation(
                parameter.getParameter(), RequestParam.class))
        .map(
            given ->
                given.name().isEmpty()
                    ? Objects.requireNonNull(parameter.getParameter().getName())
                    : given.name());
  }
}
