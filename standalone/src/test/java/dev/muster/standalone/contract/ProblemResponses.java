package dev.muster.standalone.contract;

import static java.util.stream.Collectors.joining;

import dev.muster.web.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One response for each status that problems have. */
final class ProblemResponses {

  /** Headers that go with a problem of that status, beside those of every answer. */
  private static final Map<Integer, List<String>> HEADERS =
      Map.of(
          401, List.of("WWW-Authenticate"),
          405, List.of("Allow"),
          408, List.of("Instance-Version"),
          412, List.of("ETag", "Instance-Version"),
          429, List.of("Retry-After", "RateLimit-Policy", "RateLimit"),
          502, List.of("Instance-Version"),
          503, List.of("Retry-After"));

  static final Class<?> BODY =
      ClassUtils.resolveClassName(ProblemType.class.getPackageName() + ".Problem", null);

  private ProblemResponses() {}

  /** Such as {@code Conflict}: the first problem of the same status, in the case of a type. */
  static String nameOf(ProblemType problem) {
    return Stream.of(withStatus(problem.status()).getFirst().name().split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(joining());
  }

  static ObjectNode all() {
    var responses = JsonMapper.shared().createObjectNode();
    for (var problem : ProblemType.values()) {
      responses.set(nameOf(problem), response(withStatus(problem.status())));
    }
    return responses;
  }

  private static List<ProblemType> withStatus(int status) {
    return Arrays.stream(ProblemType.values()).filter(type -> type.status() == status).toList();
  }

  private static ObjectNode response(List<ProblemType> problems) {
    var response = JsonMapper.shared().createObjectNode();
    response.put("description", problems.stream().map(ProblemType::title).collect(joining(". ")));
    var headers = response.putObject("headers");
    var status = problems.getFirst().status();
    Stream.concat(Stream.of("X-Request-Id"), HEADERS.getOrDefault(status, List.of()).stream())
        .forEach(name -> headers.putObject(name).put("$ref", "#/components/headers/" + name));
    var schema =
        response.putObject("content").putObject("application/problem+json").putObject("schema");
    schema.putArray("allOf").addObject().put("$ref", "#/components/schemas/Problem");
    var fields = schema.putObject("properties");
    fields.putObject("status").put("const", status);
    var types = fields.putObject("type").putArray("enum");
    problems.forEach(problem -> types.add(problem.uri()));
    return response;
  }
}
