package dev.muster.cli.api;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.output.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The server said no, and why (RFC 9457). */
public final class ApiProblemException extends Failure {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;

  private ApiProblemException(int status, String type, String message, List<String> more) {
    super(Exit.ofHttp(status), message, more);
    this.status = status;
    this.type = type;
  }

  static ApiProblemException of(ApiAnswer answer) {
    var problem = problem(answer);
    var type = problem.path("type").asString("");
    var more = new ArrayList<String>();
    problem
        .path("errors")
        .forEach(
            error ->
                more.add(
                    "%s: %s"
                        .formatted(
                            error.path("pointer").asString(), error.path("detail").asString())));
    nextStep(type, problem.path("instance").asString(""), answer)
        .ifPresent(step -> more.add("Next: " + step));
    more.add(
        "(%d%s%s)"
            .formatted(
                answer.status(),
                type.isEmpty() ? "" : " " + type,
                answer.header("X-Request-Id").map(id -> ", request " + id).orElse("")));
    return new ApiProblemException(answer.status(), type, sentence(problem, answer.status()), more);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** Such as {@code /problems/conflict}. */
  public String type() {
    return type;
  }

  private static JsonNode problem(ApiAnswer answer) {
    try {
      return JsonText.MAPPER.readTree(answer.body());
    } catch (JacksonException e) {
      return JsonText.MAPPER.createObjectNode();
    }
  }

  private static String sentence(JsonNode problem, int status) {
    var title = problem.path("title").asString("");
    var detail = problem.path("detail").asString("");
    if (title.isEmpty() && detail.isEmpty()) {
      return "the server answered %d".formatted(status);
    }
    return title.isEmpty() || detail.isEmpty() ? title + detail : title + ": " + detail;
  }

  private static Optional<String> nextStep(String type, String path, ApiAnswer answer) {
    var step =
        switch (type) {
          case "/problems/unauthenticated" -> "muster login, or set MUSTER_API_KEY";
          case "/problems/forbidden" ->
              "muster whoami says what this key may do; ask for one that may";
          case "/problems/not-found" -> listOf(path) + " shows what there is";
          case "/problems/conflict" -> "muster describe INSTANCE says what its status allows";
          case "/problems/operation-under-way" ->
              "wait until it is over (muster describe INSTANCE), or delete the instance";
          case "/problems/timeout" -> "ask again, with a longer --timeout";
          case "/problems/operation-failed" ->
              "muster describe INSTANCE and muster logs INSTANCE say more";
          case "/problems/rate-limited", "/problems/unavailable" ->
              answer
                  .header("Retry-After")
                  .map(
                      after ->
                          "try again in %s s; muster doctor says what is down".formatted(after))
                  .orElse("muster doctor says what is down");
          case "/problems/internal" -> "the log of the server has more under this request id";
          default -> "";
        };
    return Optional.of(step).filter(text -> !text.isEmpty());
  }

  /** The command that lists the kind of thing that a call was about. */
  private static String listOf(String path) {
    var kind = path.replaceFirst("^/api/", "").replaceFirst("/.*", "");
    return switch (kind) {
      case "workers" -> "muster workers";
      case "dead-letters" -> "muster dead-letters list";
      case "keys" -> "muster keys list";
      default -> "muster list --status all";
    };
  }
}
