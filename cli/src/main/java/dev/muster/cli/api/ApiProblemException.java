package dev.muster.cli.api;

import dev.muster.cli.Exit;
import dev.muster.cli.Failure;
import dev.muster.cli.context.Server;
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

  private ApiProblemException(Exit exit, int status, String message, List<String> more) {
    super(exit, message, more);
    this.status = status;
  }

  static ApiProblemException of(ApiAnswer answer, Server server) {
    var problem = problem(answer);
    var type = problem.path("type").asString("");
    var more = new ArrayList<String>();
    var isProblem = !type.isEmpty() || problem.has("title");
    if (!isProblem) {
      more.add("Is this address a Muster server? See: muster context list");
    }
    problem
        .path("errors")
        .forEach(
            error ->
                more.add(
                    "%s: %s"
                        .formatted(
                            error.path("pointer").asString(), error.path("detail").asString())));
    nextStep(type, path(problem, answer), answer).ifPresent(step -> more.add("Next: " + step));
    more.add(
        "(%d%s%s)"
            .formatted(
                answer.status(),
                type.isEmpty() ? "" : " " + type,
                answer.header("X-Request-Id").map(id -> ", request " + id).orElse("")));
    var refused = type.equals("/problems/unauthenticated") && server.key().isPresent();
    return new ApiProblemException(
        isProblem ? Exit.ofHttp(answer.status()) : Exit.FAILED,
        answer.status(),
        refused
            ? "the key is refused (%s): it is wrong, expired or revoked".formatted(server.from())
            : sentence(problem, answer.status()),
        more);
  }

  /** The HTTP status. */
  public int status() {
    return status;
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
          case "/problems/conflict" ->
              "muster describe %s says what its status allows".formatted(instance(path));
          case "/problems/operation-under-way" ->
              "wait until it is over (muster describe %s), or delete the instance"
                  .formatted(instance(path));
          case "/problems/timeout" -> "ask again, with a longer --timeout";
          case "/problems/operation-failed" ->
              "muster describe %1$s and muster logs %1$s say more".formatted(instance(path));
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

  /** What the call was about; of a creation that failed, the instance that it has left. */
  private static String path(JsonNode problem, ApiAnswer answer) {
    return answer
        .header("Location")
        .filter(location -> location.startsWith("/api/instances/"))
        .orElse(problem.path("instance").asString(""));
  }

  private static String instance(String path) {
    var words = path.split("/");
    return words.length > 3 && words[2].equals("instances") ? words[3] : "INSTANCE";
  }

  /** The command that lists the kind of thing that a call was about. */
  private static String listOf(String path) {
    var kind = path.replaceFirst("^/api/", "").replaceFirst("/.*", "");
    return switch (kind) {
      case "hosts" -> "muster hosts";
      case "workers" -> "muster workers";
      case "dead-letters" -> "muster dead-letters list";
      case "keys" -> "muster keys list";
      default -> "muster list --status all";
    };
  }
}
