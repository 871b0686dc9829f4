package dev.muster.command.idempotency.web;

import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers as text, to be given again. */
@Component
final class AnswerCodec {

  private static final String REPLAYED = "Idempotent-Replayed";
  private static final List<String> HEADERS =
      List.of("Location", "Instance-Version", "Preference-Applied");

  private final JsonMapper json;

  AnswerCodec(JsonMapper json) {
    this.json = json;
  }

  /**
   * @param body JSON, or the detail of the problem
   * @param problem null when all went well
   */
  record Kept(
      int status,
      Map<String, String> headers,
      @Nullable String body,
      @Nullable ProblemType problem) {}

  String encode(ResponseEntity<Object> answer) {
    var headers = new TreeMap<String, String>();
    for (var name : HEADERS) {
      var value = answer.getHeaders().getFirst(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    var body = answer.getBody();
    return json.writeValueAsString(
        new Kept(
            answer.getStatusCode().value(),
            headers,
            body == null ? null : json.writeValueAsString(body),
            null));
  }

  String encode(ProblemException problem) {
    return json.writeValueAsString(
        new Kept(problem.type().status(), problem.headers(), problem.detail(), problem.type()));
  }

  /**
   * @throws ProblemException when the answer was one
   */
  ResponseEntity<Object> again(String encoded) {
    var kept = json.readValue(encoded, Kept.class);
    if (kept.problem() != null) {
      var problem = new ProblemException(kept.problem(), String.valueOf(kept.body()));
      for (var header : kept.headers().entrySet()) {
        problem = problem.withHeader(header.getKey(), header.getValue());
      }
      throw problem.withHeader(REPLAYED, "true");
    }
    var answer = ResponseEntity.status(kept.status()).header(REPLAYED, "true");
    kept.headers().forEach(answer::header);
    return kept.body() == null
        ? answer.build()
        : answer.contentType(MediaType.APPLICATION_JSON).body(json.readTree(kept.body()));
  }
}
