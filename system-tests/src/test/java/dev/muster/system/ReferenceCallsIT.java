package dev.muster.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The calls of the reference, with the answers that stand there, and the process behind them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReferenceCallsIT {

  private static final String BODY = "{\"name\": \"my-bot\", \"region\": \"us-east-1\"}";

  private static final String PRINTING =
      """
      {"command": ["sh", "-c", "trap 'echo last words; exit' TERM; echo one; echo two;\
       while :; do echo more; sleep 0.2; done"]}\
      """;

  private @Nullable Deployment muster;
  Path data = Path.of("");
  Api api = new Api(0, "");

  Deployment start(Path data) throws Exception {
    return Deployment.start(data);
  }

  /**
   * How many commands are followed by a GET at once; fewer where many processes share the machine.
   */
  private int pairs() {
    return muster instanceof MusterProcess ? 1_000 : 200;
  }

  @BeforeAll
  void up(@TempDir Path folder) throws Exception {
    muster = start(folder);
    data = muster.data();
    api = muster.api();
  }

  @AfterAll
  void down() throws Exception {
    if (muster != null) {
      muster.close();
    }
  }

  @Test
  void create_answers_201_with_the_instance_and_where_it_is() throws Exception {
    var answer = api.post("/api/instances", BODY);

    var instance = answer.json();
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location"))
        .endsWith("/api/instances/" + instance.get("id").asString());
    assertThat(answer.header("X-Request-Id")).isNotEmpty();
    assertThat(instance.propertyNames())
        .contains("id", "name", "status", "region", "created_at", "updated_at", "health");
    assertThat(instance.get("id").asString()).matches("inst_[0-9a-z]{26}");
    assertThat(instance.get("name").asString()).isEqualTo("my-bot");
    assertThat(instance.get("status").asString()).isEqualTo("creating");
    assertThat(instance.get("region").asString()).isEqualTo("us-east-1");
    assertThat(instance.get("created_at").asLong())
        .isCloseTo(Instant.now().getEpochSecond(), org.assertj.core.data.Offset.offset(60L));
    assertThat(instance.get("health").isNull()).isTrue();
  }

  @Test
  void a_created_instance_is_readable_at_once_and_soon_a_process_on_this_machine()
      throws Exception {
    var id = api.post("/api/instances", BODY).json().get("id").asString();
    assertThat(api.get("/api/instances/" + id).status()).isEqualTo(200);
    assertThat(ids(api.get("/api/instances").json())).contains(id);

    api.awaitStatus(id, "running");

    assertThat(HostProcess.mainsOf(data, id)).hasSize(1);
  }

  @Test
  void a_key_opens_as_soon_as_it_is_issued_and_no_more_once_it_is_revoked() throws Exception {
    var issued = api.post("/api/keys", "{\"name\": \"ci\", \"scopes\": [\"operate\"]}").json();
    var holder = new Api(Objects.requireNonNull(muster).port(), issued.get("key").asString());
    assertThat(holder.get("/api/instances").status()).isEqualTo(200);
    assertThat(holder.post("/api/instances", BODY).status()).isEqualTo(201);
    assertThat(holder.get("/api/keys").status()).isEqualTo(403);
    assertThat(statusOfKey(issued)).isEqualTo("active");

    var revoked = api.delete("/api/keys/" + issued.get("id").asString());

    assertThat(revoked.status()).isEqualTo(204);
    assertThat(statusOfKey(issued)).isEqualTo("revoked");
    await().until(() -> holder.get("/api/instances").status() == 401);
    await().until(() -> holder.post("/api/instances", BODY).status() == 401);
  }

  private String statusOfKey(JsonNode issued) throws Exception {
    return StreamSupport.stream(api.get("/api/keys?limit=1000").json().spliterator(), false)
        .filter(key -> key.get("id").equals(issued.get("id")))
        .findFirst()
        .orElseThrow()
        .get("status")
        .asString();
  }

  @Test
  void ssh_with_what_is_answered_opens_a_shell_in_the_instance() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh")), "no ssh here");
    assumeFalse(
        muster instanceof GivenPlatform, "containers let nobody in unless they are told to");
    var id = api.running(BODY);

    var shell =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> api.get("/api/instances/" + id + "/ssh"), a -> a.status() == 200)
            .json();

    var words = new ArrayList<>(List.of(shell.get("command").asString().split(" ")));
    words.addAll(1, List.of("-F", "none", "-o", "BatchMode=yes"));
    words.addAll(
        1, List.of("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"));
    words.addAll(List.of("pwd; exit 3"));
    var ssh = new ProcessBuilder(words).redirectError(Redirect.DISCARD).start();
    ssh.getOutputStream().close();
    assertThat(new String(ssh.getInputStream().readAllBytes(), UTF_8)).endsWith(id + "/work\n");
    assertThat(ssh.waitFor()).isEqualTo(3);
  }

  @Test
  void a_body_is_optional_and_the_platform_fills_in() throws Exception {
    var instance = api.post("/api/instances", "{}").json();
    assertThat(instance.get("name").asString()).isNotEmpty();
    assertThat(instance.get("region").asString()).isEqualTo("us-east-1");
  }

  @Test
  void names_need_not_be_unique() throws Exception {
    var one = api.post("/api/instances", BODY).json().get("id");
    var other = api.post("/api/instances", BODY).json().get("id");

    assertThat(ids(api.get("/api/instances?name=my-bot&limit=1000").json()))
        .contains(one.asString(), other.asString());
  }

  @Test
  void an_etag_is_the_version_that_a_command_told() throws Exception {
    var id = api.running(BODY);

    var paused = api.post("/api/instances/" + id + "/pause", "");

    var version = paused.header("Instance-Version");
    assertThat(api.get("/api/instances/" + id).header("ETag")).isEqualTo('"' + version + '"');
    assertThat(api.get("/api/instances/" + id).json().get("version").asString()).isEqualTo(version);
  }

  @Test
  void pause_answers_when_every_process_is_stopped() throws Exception {
    var id = api.running(BODY);

    var answer = api.post("/api/instances/" + id + "/pause", "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo(Api.JSON.readTree("{\"status\":\"paused\"}"));
    assertThat(HostProcess.mainsOf(data, id)).hasSize(1).allMatch(p -> p.state() == 'T');
    assertThat(api.statusOf(id)).isEqualTo("paused");
  }

  @Test
  void pausing_what_is_paused_writes_nothing() throws Exception {
    var id = api.running(BODY);
    api.post("/api/instances/" + id + "/pause", "");
    var before = api.history(id).size();

    assertThat(api.post("/api/instances/" + id + "/pause", "").status()).isEqualTo(200);

    assertThat(api.history(id)).hasSize(before);
  }

  @Test
  void resume_answers_when_the_same_process_runs_on() throws Exception {
    var id = api.running(BODY);
    var pid = HostProcess.mainsOf(data, id).getFirst().pid();
    api.post("/api/instances/" + id + "/pause", "");

    var answer = api.post("/api/instances/" + id + "/resume", "");

    assertThat(answer.json()).isEqualTo(Api.JSON.readTree("{\"status\":\"running\"}"));
    assertThat(HostProcess.mainsOf(data, id))
        .singleElement()
        .matches(p -> p.pid() == pid && p.state() != 'T');
  }

  @Test
  void restart_answers_when_a_new_process_has_taken_the_place_of_the_old() throws Exception {
    var id = api.running(BODY);
    var pid = HostProcess.mainsOf(data, id).getFirst().pid();

    var answer = api.post("/api/instances/" + id + "/restart", "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo(Api.JSON.readTree("{\"status\":\"restarted\"}"));
    assertThat(HostProcess.mainsOf(data, id)).singleElement().matches(p -> p.pid() != pid);
    assertThat(api.statusOf(id)).isEqualTo("running");
  }

  @Test
  void delete_answers_when_nothing_is_left_and_the_instance_stays_readable() throws Exception {
    var id = api.running(BODY);

    var answer = api.delete("/api/instances/" + id);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(HostProcess.of(data)).noneMatch(p -> p.instanceId().equals(id));
    assertThat(api.statusOf(id)).isEqualTo("stopped");
    assertThat(ids(api.get("/api/instances").json())).doesNotContain(id);
    assertThat(ids(api.get("/api/instances?status=stopped").json())).contains(id);
    assertThat(api.delete("/api/instances/" + id).status()).isEqualTo(204);
  }

  @Test
  void what_has_done_its_work_is_stopped_and_can_be_restarted_and_deleted() throws Exception {
    var job = "{\"command\": [\"true\"], \"restart_policy\": \"on-failure\"}";
    var id = api.post("/api/instances", job).json().get("id").asString();
    var path = "/api/instances/" + id;

    var ended = api.get(path + "?wait_for=stopped&timeout=60").json();

    assertThat(ended.get("exit_code").asInt(-1)).isZero();
    assertThat(ended.get("ended_at").isNull()).isFalse();
    assertThat(ended.get("error").isNull()).isTrue();
    assertThat(ids(api.get("/api/instances").json())).contains(id);
    assertThat(api.post(path + "/pause", "").json().get("detail").asString())
        .isEqualTo("status stopped does not allow pause; it allows restart, delete");
    assertThat(api.post(path + "/restart", "").status()).isEqualTo(200);
    assertThat(api.delete(path).status()).isEqualTo(204);
    assertThat(api.get(path).json().get("deleted").asBoolean()).isTrue();
    assertThat(ids(api.get("/api/instances").json())).doesNotContain(id);
  }

  @Test
  void health_is_null_at_first_and_then_what_the_process_uses() throws Exception {
    var id = api.running(BODY);
    var fields =
        new String[] {
          "cpu_percent", "memory_mb", "disk_mb", "last_heartbeat", "uptime_secs", "stale"
        };
    var first = api.get("/api/instances/" + id + "/health");
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().propertyNames()).containsExactlyInAnyOrder(fields);

    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                !api.get("/api/instances/" + id + "/health").json().get("last_heartbeat").isNull());

    assertThat(api.get("/api/instances/" + id).json().get("health"))
        .allSatisfy(value -> assertThat(value.isNumber() || value.isBoolean()).isTrue());
  }

  @Test
  void the_history_has_every_step_and_who_asked() throws Exception {
    var id =
        api.post("/api/instances", BODY, "X-Request-Id", "req-history-test")
            .json()
            .get("id")
            .asString();
    api.awaitStatus(id, "running");
    api.post("/api/instances/" + id + "/pause", "");
    api.delete("/api/instances/" + id);

    var history = api.history(id);

    assertThat(history)
        .extracting(row -> row.get("type").asString())
        .containsExactly(
            "CreationRequested",
            "InstanceStarted",
            "PauseRequested",
            "InstancePaused",
            "DeletionRequested",
            "InstanceTerminated");
    assertThat(history)
        .extracting(row -> row.get("sequence").asLong())
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(history.getFirst().get("request_id").asString()).isEqualTo("req-history-test");
    assertThat(new Histories(api).stateOf(id).status()).hasToString("stopped");
  }

  @Test
  void the_stream_of_all_events_has_the_history_of_each_instance() throws Exception {
    try (var lines = api.lines("/api/events", "Accept", "text/event-stream")) {
      var stream = lines.iterator();
      // It is open, and knows where it begins.
      assertThat(stream.next()).startsWith(":");
      var id = api.running(BODY);
      api.post("/api/instances/" + id + "/pause", "");
      api.delete("/api/instances/" + id);

      var events = LiveEvents.upTo(id, "InstanceTerminated", stream);

      assertThat(LiveEvents.historyOf(id, events)).isEqualTo(api.history(id));
      var last = "" + (events.getLast().get("position").asLong() - events.size());
      try (var again = api.lines("/api/events", "Last-Event-ID", last)) {
        assertThat(LiveEvents.upTo(id, "InstanceTerminated", again.iterator())).isEqualTo(events);
      }
    }
  }

  @Test
  void the_audit_log_has_all_that_was_done_and_proves_itself() throws Exception {
    var id = api.running(BODY);
    api.post("/api/instances/" + id + "/pause", "", "X-Request-Id", "req-audit-test");
    api.delete("/api/instances/" + id);

    var found = api.pages("/api/audit/events?limit=2&instance_id=" + id);

    assertThat(found)
        .extracting(event -> event.get("type").asString())
        .isEqualTo(api.history(id).stream().map(row -> row.get("type").asString()).toList())
        .contains("PauseRequested", "InstanceTerminated");
    assertThat(found)
        .extracting(event -> event.get("request_id").asString())
        .contains("req-audit-test");
    assertThat(new Auditor(api).check()).isGreaterThan(found.getLast().get("leaf_index").asLong());
  }

  @Test
  void what_an_instance_prints_can_be_read_and_followed_to_its_end_and_read_after_it()
      throws Exception {
    var id = api.running(PRINTING);
    var logs = "/api/instances/" + id + "/logs?tail=10000";
    await().atMost(Duration.ofSeconds(30)).until(() -> api.get(logs).body().contains("more"));

    try (var following = api.lines(logs + "&follow=true")) {
      var lines = new ArrayList<String>();
      var coming = following.iterator();
      while (lines.size() < 10) {
        lines.add(coming.next());
      }
      assertThat(api.delete("/api/instances/" + id).status()).isEqualTo(204);
      coming.forEachRemaining(lines::add);

      assertThat(lines.subList(0, 3)).containsExactly("one", "two", "more");
      assertThat(lines.getLast()).isEqualTo("last words");
      assertThat(api.get(logs).body().lines().toList()).isEqualTo(lines);
    }
  }

  @Test
  void a_finished_operation_says_so() throws Exception {
    var id = api.running(BODY);
    var operation = api.history(id).getFirst().get("operation_id").asString();

    var answer = api.get("/api/operations/" + operation).json();

    assertThat(answer.get("instance_id").asString()).isEqualTo(id);
    assertThat(answer.get("kind").asString()).isEqualTo("create");
    assertThat(answer.get("status").asString()).isEqualTo("succeeded");
  }

  @Test
  void of_many_answers_each_is_readable_at_once() throws Exception {
    var pairs = Pairs.make(api, pairs(), 8);

    assertThat(pairs.made()).isGreaterThanOrEqualTo(pairs());
    assertThat(pairs.stale()).isEmpty();
    assertThat(pairs.behind()).isZero();
  }

  private static java.util.List<String> ids(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(instance -> instance.get("id").asString())
        .toList();
  }
}
