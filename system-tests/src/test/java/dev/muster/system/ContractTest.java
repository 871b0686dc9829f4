package dev.muster.system;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the watch over all end-to-end calls sees, and what it lets pass. */
class ContractTest {

  private static final String HEALTH =
      """
      {"cpu_percent": 1.5, "memory_mb": 2, "disk_mb": null, "last_heartbeat": 3, "uptime_secs": 4,
       "stale": false}\
      """;
  private static final String PATH = "/api/instances/inst_x/health";

  @Test
  void what_is_as_it_says_passes() {
    assertThatCode(() -> check("GET", PATH, "", 200, HEALTH)).doesNotThrowAnyException();
    assertThatCode(() -> check("HEAD", PATH, "", 200, "")).doesNotThrowAnyException();
    assertThatCode(() -> check("GET", "/api/instances?limit=5&status=all", "", 200, "[]"))
        .doesNotThrowAnyException();
  }

  @Test
  void a_field_that_is_missing_is_named() {
    assertViolation("GET", PATH, "", 200, HEALTH.replace("\"disk_mb\": null, ", ""), "disk_mb");
  }

  @Test
  void a_field_that_nobody_described_is_named() {
    assertViolation("GET", PATH, "", 200, HEALTH.replace("{", "{\"colour\": 1, "), "colour");
  }

  @Test
  void a_value_of_another_type_is_pointed_at() {
    assertViolation("GET", PATH, "", 200, HEALTH.replace("1.5", "\"1.5\""), "/cpu_percent");
  }

  @Test
  void a_status_that_the_route_does_not_have_is_named() {
    assertViolation("GET", PATH, "", 418, "", "the status is not there");
    assertViolation("GET", "/api/nothing", "", 200, "{}", "the status is not there");
  }

  @Test
  void a_header_that_is_missing_or_wrong_is_named() {
    assertViolation("DELETE", "/api/instances/inst_x", "", 204, "", "Instance-Version");
    assertViolation(
        "DELETE",
        "/api/instances/inst_x",
        "",
        204,
        "",
        "Instance-Version",
        "Instance-Version",
        "x");
  }

  @Test
  void another_media_type_is_named() {
    assertViolation("GET", PATH, "", 200, "x", "text/html", "Content-Type", "text/html");
  }

  @Test
  void a_problem_is_one_of_its_status() {
    var problem =
        """
        {"type": "/problems/%s", "title": "t", "status": 404, "detail": "d", "instance": "/",
         "request_id": "r"}\
        """;
    var type = "application/problem+json";

    assertThatCode(
            () -> check("GET", PATH, "", 404, problem.formatted("not-found"), "Content-Type", type))
        .doesNotThrowAnyException();
    assertViolation(
        "GET", PATH, "", 404, problem.formatted("conflict"), "/type", "Content-Type", type);
    assertViolation(
        "GET",
        PATH,
        "",
        404,
        problem.formatted("not-found").replace("\"title\"", "\"titel\""),
        "titel",
        "Content-Type",
        type);
  }

  @Test
  void what_was_taken_but_is_not_described_is_named() {
    assertViolation("GET", "/api/instances?limit=0", "", 200, "[]", "limit=0");
    assertViolation("GET", "/api/instances?colour=red", "", 200, "[]", "colour");
  }

  private static void assertViolation(
      String method,
      String path,
      String body,
      int status,
      String answer,
      String named,
      String... headers) {
    assertThatThrownBy(() -> check(method, path, body, status, answer, headers))
        .isInstanceOf(ContractViolation.class)
        .hasMessageContaining(method + " " + path)
        .hasMessageContaining(String.valueOf(status))
        .hasMessageContaining(named);
  }

  private static void check(
      String method, String path, String body, int status, String answer, String... headers) {
    var names = new HashMap<>(Map.of("X-Request-Id", "r", "Content-Type", "application/json"));
    for (int i = 0; i < headers.length; i += 2) {
      names.put(headers[i], headers[i + 1]);
    }
    var all =
        names.entrySet().stream()
            .collect(Collectors.toMap(e -> e.getKey(), e -> List.of(e.getValue())));
    Contract.OF_THIS_BUILD.check(
        method, path, body, new Api.Answer(status, HttpHeaders.of(all, (_, _) -> true), answer));
  }
}
