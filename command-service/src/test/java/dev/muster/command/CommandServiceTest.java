package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.muster.command.RestOfThePlatform.Hosts;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.events.codec.EventCodec;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceEvent.Settled;
import dev.muster.events.instance.Lifecycle;
import dev.muster.events.instance.OperationKind;
import dev.muster.events.instance.Stage;
import dev.muster.events.outcome.Outcome.RunEnded;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service over HTTP, on a real broker and a real database; everything else is played. */
class CommandServiceTest {

  private static final String NOWHERE = "inst_00000000000000000000000000";

  private static final EventCodec CODEC = new EventCodec();

  @RegisterExtension static final CommandSide SIDE = new CommandSide(1);

  @Test
  void a_creation_answers_like_the_reference() {
    SIDE.rest().hosts(Hosts.SAY_NOTHING);

    var answer =
        SIDE.service().post("/api/instances", "{\"name\": \"my-bot\", \"region\": \"us-east-1\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .isEqualTo("/api/instances/" + id(answer));
    assertThat(answer.headers().firstValue("Instance-Version")).contains("1");
    assertThat(answer.headers().firstValue("Read-Side")).isEmpty();
    assertThat(answer.body()).contains("\"health\":null", "\"created_at\":");
    assertThat(JsonPath.<String>read(answer.body(), "$.name")).isEqualTo("my-bot");
    assertThat(JsonPath.<String>read(answer.body(), "$.status")).isEqualTo("creating");
    assertThat(JsonPath.<String>read(answer.body(), "$.region")).isEqualTo("us-east-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"name\": null}"})
  void a_creation_without_a_name_gets_a_readable_one(String body) {
    var answer = SIDE.service().post("/api/instances", body);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(JsonPath.<String>read(answer.body(), "$.name")).matches("[a-z]+-[a-z]+-[0-9]{2}");
    assertThat(JsonPath.<String>read(answer.body(), "$.region")).isEqualTo("us-east-1");
  }

  @Test
  void a_creation_needs_neither_a_body_nor_a_type() {
    assertThat(SIDE.service().post("/api/instances").statusCode()).isEqualTo(201);
  }

  @Test
  void an_instance_goes_through_its_whole_life() {
    var path = "/api/instances/" + running();

    assertAnswer(SIDE.service().post(path + "/pause"), 200, "{\"status\":\"paused\"}");
    assertAnswer(SIDE.service().post(path + "/resume"), 200, "{\"status\":\"running\"}");
    assertAnswer(SIDE.service().post(path + "/restart"), 200, "{\"status\":\"restarted\"}");
    assertAnswer(SIDE.service().delete(path), 204, "");
    assertAnswer(SIDE.service().delete(path), 204, "");
    assertThat(SIDE.service().post(path + "/restart").statusCode()).isEqualTo(409);
  }

  @Test
  void a_pause_of_what_is_paused_writes_nothing() {
    var path = "/api/instances/" + running();
    SIDE.service().post(path + "/pause");

    var again = SIDE.service().post(path + "/pause");

    assertAnswer(again, 200, "{\"status\":\"paused\"}");
    assertThat(again.headers().firstValue("Instance-Version")).contains("4");
    assertThat(again.headers().firstValue("Read-Side")).isEmpty();
  }

  @Test
  void what_the_status_does_not_allow_is_409_and_says_what_it_does() {
    SIDE.rest().hosts(Hosts.SAY_NOTHING);
    var id = id(SIDE.service().post("/api/instances", "{}"));

    var answer = SIDE.service().post("/api/instances/" + id + "/pause");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(JsonPath.<String>read(answer.body(), "$.type")).isEqualTo("/problems/conflict");
    assertThat(JsonPath.<String>read(answer.body(), "$.detail"))
        .isEqualTo(Lifecycle.refusal(Stage.CREATING, OperationKind.PAUSE));
  }

  @Test
  void what_the_host_refuses_is_502_with_what_it_said() {
    var path = "/api/instances/" + running();
    SIDE.rest().hosts(Hosts.REFUSE);

    var answer = SIDE.service().post(path + "/pause");

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(JsonPath.<String>read(answer.body(), "$.type"))
        .isEqualTo("/problems/operation-failed");
    assertThat(JsonPath.<String>read(answer.body(), "$.detail")).isEqualTo("the disk is full");
  }

  @Test
  void when_the_host_says_nothing_the_answer_is_202_and_another_operation_is_409() {
    var id = running();
    SIDE.rest().hosts(Hosts.SAY_NOTHING);

    var answer = SIDE.service().post("/api/instances/" + id + "/pause");
    var second = SIDE.service().post("/api/instances/" + id + "/restart");

    String operation = JsonPath.read(answer.body(), "$.operation_id");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(JsonPath.<String>read(answer.body(), "$.status")).isEqualTo("pending");
    assertThat(answer.headers().firstValue("Location")).contains("/api/operations/" + operation);
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(JsonPath.<String>read(second.body(), "$.type"))
        .isEqualTo("/problems/operation-under-way");
    assertThat(JsonPath.<String>read(second.body(), "$.detail")).contains(operation);
  }

  @Test
  void an_answer_that_cannot_be_read_yet_says_so() {
    SIDE.rest().readSideUp(false);

    var answer = SIDE.service().post("/api/instances", "{}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Read-Side")).contains("behind");
  }

  @Test
  void an_outcome_that_is_stored_is_answered_though_nobody_can_read_it_yet() {
    var id = id(SIDE.service().post("/api/instances", "{}", "Prefer", "wait=30"));
    SIDE.rest().readSideUp(false);

    var answer =
        CompletableFuture.supplyAsync(
            () -> SIDE.service().post("/api/instances/" + id + "/pause", "", "Prefer", "wait=60"));

    assertThat(answer)
        .succeedsWithin(Duration.ofSeconds(30))
        .satisfies(
            paused -> {
              assertThat(paused.statusCode()).isEqualTo(200);
              assertThat(paused.headers().firstValue("Read-Side")).contains("behind");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/pause", "/resume", "/restart", ""})
  void what_never_was_is_404(String call) {
    for (var id : List.of(NOWHERE, "inst_abc123", "x")) {
      var path = "/api/instances/" + id + call;

      var answer = call.isEmpty() ? SIDE.service().delete(path) : SIDE.service().post(path);

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(JsonPath.<String>read(answer.body(), "$.type")).isEqualTo("/problems/not-found");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null                          | ''",
        "[]                            | ''",
        "7                             | ''",
        "{\"nme\": \"x\"}              | /nme",
        "{\"name\": 7}                 | /name",
        "{\"name\": \"\"}              | /name",
        "{\"name\": \"a\\nb\"}         | /name",
        "{\"region\": \"mars-1\"}      | /region",
        "{\"region\": []}              | /region",
        "{\"image\": {}}               | /image",
        "{\"command\": \"sh\"}         | /command",
        "{\"command\": [\"sh\", 1]}    | /command/1",
        "{\"command\": [\"\"]}         | /command/0",
        "{\"env\": []}                 | /env",
        "{\"env\": {\"A=B\": \"x\"}}   | /env/A=B",
        "{\"env\": {\"A\": 1}}         | /env/A",
        "{\"cpus\": 0}                 | /cpus",
        "{\"cpus\": 64.5}              | /cpus",
        "{\"cpus\": \"1\"}             | /cpus",
        "{\"memory_mb\": 15}           | /memory_mb",
        "{\"memory_mb\": 1048577}      | /memory_mb",
        "{\"memory_mb\": 16.5}         | /memory_mb",
        "{\"restart_policy\": \"NEVER\"} | /restart_policy",
      })
  void a_body_that_does_not_fit_is_400_and_says_where(String body, String pointer) {
    var answer = SIDE.service().post("/api/instances", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JsonPath.<List<String>>read(answer.body(), "$.errors[*].pointer"))
        .containsExactly(pointer);
  }

  @Test
  void a_region_that_nobody_serves_is_answered_with_those_that_are() {
    var answer = SIDE.service().post("/api/instances", "{\"region\": \"mars-1\"}");

    assertThat(JsonPath.<String>read(answer.body(), "$.errors[0].detail")).contains("us-east-1");
  }

  @Test
  void everything_that_was_asked_for_is_answered() {
    var answer =
        SIDE.service()
            .post(
                "/api/instances",
                """
                {"name": "n", "image": "alpine:3", "command": ["sleep", "1"], "env": {"A": "b"},
                 "cpus": 0.5, "memory_mb": 64, "stop_timeout": 90, "restart_policy": "on-failure",
                 "labels": {"tier": "web", "a": ""}}
                """);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body())
        .contains(
            "\"image\":\"alpine:3\"",
            "\"command\":[\"sleep\",\"1\"]",
            "\"env\":{\"A\":\"b\"}",
            "\"cpus\":0.5",
            "\"memory_mb\":64",
            "\"stop_timeout\":90",
            "\"restart_policy\":\"on-failure\"",
            "\"labels\":{\"a\":\"\",\"tier\":\"web\"}");
  }

  @Test
  void what_is_stored_is_published_in_order_and_says_who_asked() {
    var id = running();
    SIDE.service().post("/api/instances/" + id + "/pause");

    var stored = events().after(id, 0);

    await().until(() -> published(id).size() == stored.size());
    assertThat(published(id))
        .extracting(RecordedEvent::eventId)
        .isEqualTo(stored.stream().map(RecordedEvent::eventId).toList());
    assertThat(published(id))
        .extracting(event -> event.correlation().actor().id())
        .containsExactly("key_admin", "worker:worker-1", "key_admin", "worker:worker-1");
  }

  @Test
  void a_run_that_ended_is_recorded_once_and_an_unreadable_report_holds_nothing_up() {
    var id = running();
    var run = ((Settled) CODEC.decode(events().after(id, 1).getFirst().encoded())).operationId();
    var ended =
        new RunEnded(
            Ids.newOutcome(), id, run, "local", 7, "exit status 7", "worker-1", Instant.now());

    SIDE.rest().reportNonsense(id);
    SIDE.rest().report(ended);
    SIDE.rest().report(ended);
    await().until(() -> published(id).size() == 3);

    assertThat(SIDE.service().post("/api/instances/" + id + "/restart").statusCode())
        .isEqualTo(200);
    assertThat(events().after(id, 0))
        .extracting(event -> event.encoded().type())
        .containsExactly(
            "CreationRequested",
            "InstanceStarted",
            "InstanceFailed",
            "RestartRequested",
            "InstanceRestarted");
  }

  @Test
  void who_waits_for_an_operation_hears_that_a_delete_took_its_place() throws Exception {
    var id = running();
    var path = "/api/instances/" + id;
    SIDE.rest().hosts(Hosts.SAY_NOTHING);
    try (var caller = Executors.newVirtualThreadPerTaskExecutor()) {
      var pause = caller.submit(() -> SIDE.service().post(path + "/pause"));
      await().until(() -> events().lastSequence(id) == 3);
      SIDE.rest().hosts(Hosts.OBEY);

      assertThat(SIDE.service().delete(path).statusCode()).isEqualTo(204);

      assertThat(pause.get().statusCode()).isEqualTo(409);
      assertThat(JsonPath.<String>read(pause.get().body(), "$.detail")).contains("superseded by");
    }
  }

  @Test
  void what_the_service_does_is_counted_under_names_that_stay() {
    var id = running();
    SIDE.service().post("/api/instances/" + id + "/pause");
    SIDE.service().post("/api/instances/" + id + "/pause");
    SIDE.service().post("/api/instances/" + NOWHERE + "/pause");
    SIDE.rest().reportNonsense(id);

    await()
        .untilAsserted(
            () ->
                assertThat(SIDE.service().bean(PrometheusMeterRegistry.class).scrape())
                    .contains(
                        "muster_commands_total{kind=\"create\",result=\"accepted\"}",
                        "muster_commands_total{kind=\"pause\",result=\"accepted\"}",
                        "muster_commands_total{kind=\"pause\",result=\"unchanged\"}",
                        "muster_commands_total{kind=\"pause\",result=\"rejected\"}",
                        "muster_commands_total{kind=\"record_outcome\",result=\"accepted\"}",
                        "muster_outcomes_total{result=\"recorded\"}",
                        "muster_outcomes_total{result=\"dead_letter\"}",
                        "muster_append_batch_size_count",
                        "muster_append_batch_size_max",
                        "muster_publisher_lag_events 0.0",
                        "muster_publisher_lag_seconds 0.0"));
  }

  private static RecordedEvents events() {
    return SIDE.service().bean(RecordedEvents.class);
  }

  private static List<RecordedEvent> published(String id) {
    return SIDE.rest().seen().stream().filter(event -> event.subject().equals(id)).toList();
  }

  private static String running() {
    var id = id(SIDE.service().post("/api/instances", "{}"));
    await().until(() -> events().lastSequence(id) == 2);
    return id;
  }

  private static String id(HttpResponse<String> answer) {
    return JsonPath.read(answer.body(), "$.id");
  }

  private static void assertAnswer(HttpResponse<String> answer, int status, String body) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.headers().firstValue("Instance-Version")).isPresent();
  }
}
