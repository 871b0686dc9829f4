package dev.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the calls of the reference refuse, each as problem details. */
class RefusalsIT {

  @TempDir static Path data;
  private static MusterProcess muster;
  private static Api api;

  @BeforeAll
  static void up() throws IOException {
    muster = MusterProcess.up(data);
    api = muster.api();
  }

  @AfterAll
  static void down() throws Exception {
    muster.close();
  }

  @Test
  void without_a_key_nothing_is_said() throws Exception {
    assertProblem(new Api(muster.port(), "").get("/api/instances"), 401, "unauthenticated");
    assertProblem(new Api(muster.port(), "ik_wrong").get("/api/instances"), 401, "unauthenticated");
    assertProblem(
        new Api(muster.port(), "ik_wrong").delete("/api/instances/inst_x"), 401, "unauthenticated");
  }

  @Test
  void a_bearer_token_is_as_good_as_the_header() throws Exception {
    var bearer = "Bearer " + muster.adminKey();
    var answer = new Api(muster.port(), "").get("/api/instances", "Authorization", bearer);
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void what_is_not_there_is_404() throws Exception {
    var none = "/api/instances/inst_01jqxw6c9m3h2v8k5r7t4n0pbd";
    assertProblem(api.get(none), 404, "not-found");
    assertProblem(api.get(none + "/health"), 404, "not-found");
    assertProblem(api.post(none + "/pause", ""), 404, "not-found");
    assertProblem(api.post(none + "/restart", ""), 404, "not-found");
    assertProblem(api.delete(none), 404, "not-found");
    assertProblem(api.get("/api/instances/inst_x"), 404, "not-found");
    assertProblem(api.get("/api/nothing"), 404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{\"name\": 5}",
        "{\"nom\": \"x\"}",
        "{\"region\": \"nowhere-1\"}",
        "{\"restart_policy\": \"sometimes\"}",
        "{\"cpus\": -1}",
      })
  void a_bad_body_is_400(String body) throws Exception {
    assertProblem(api.post("/api/instances", body), 400, "invalid-request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "cursor=x", "status=sleeping"})
  void a_bad_query_is_400(String query) throws Exception {
    assertProblem(api.get("/api/instances?" + query), 400, "invalid-request");
  }

  @Test
  void http_s_own_refusals() throws Exception {
    assertProblem(api.send("PUT", "/api/instances", "{}"), 405, "method-not-allowed");
    assertProblem(api.get("/api/instances", "Accept", "image/png"), 406, "not-acceptable");
    assertProblem(
        api.post("/api/instances", "name=x", "Content-Type", "text/plain"),
        415,
        "unsupported-media-type");
    assertProblem(
        api.post("/api/instances", "{\"name\": \"" + "x".repeat(70_000) + "\"}"), 413, "too-large");
  }

  @Test
  void a_state_that_does_not_allow_it_is_409_and_says_what_it_allows() throws Exception {
    var id = api.running("{}");
    api.delete("/api/instances/" + id);

    var answer = api.post("/api/instances/" + id + "/restart", "");

    assertProblem(answer, 409, "conflict");
    assertThat(answer.json().get("detail").asString()).contains("stopped", "allows nothing more");
  }

  private static void assertProblem(Api.Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    var problem = answer.json();
    assertThat(problem.get("type").asString()).endsWith(type);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("title").asString()).isNotEmpty();
    assertThat(problem.get("request_id").asString()).isEqualTo(answer.header("X-Request-Id"));
  }
}
