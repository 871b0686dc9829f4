package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.muster.command.RestOfThePlatform.Hosts;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.command.eventstore.RememberedCalls;
import dev.muster.events.instance.Ids;
import dev.muster.infrastructure.TestServers;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls under an Idempotency-Key, at two replicas. */
class RepeatedCallsTest {

  private static final String REPLAYED = "Idempotent-Replayed";

  @RegisterExtension static final CommandSide SIDE = new CommandSide(2);

  private final String key = Ids.newEvent();

  @Test
  void a_creation_made_again_is_the_same_instance_at_any_replica() {
    var first = SIDE.service().post("/api/instances", "{\"name\": \"a\"}", "Idempotency-Key", key);

    var again = SIDE.another().post("/api/instances", "{ \"name\":\"a\" }", "Idempotency-Key", key);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.headers().firstValue(REPLAYED)).isEmpty();
    assertSame(again, first);
    assertThat(again.headers().firstValue(REPLAYED)).contains("true");
    assertThat(again.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void many_creations_at_once_under_one_key_are_one_instance() throws Exception {
    var answers =
        atOnce(100, replica -> replica.post("/api/instances", "{}", "Idempotency-Key", key));

    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
    assertThat(answers).extracting(HttpResponse::body).containsOnly(answers.getFirst().body());
  }

  @Test
  void many_restarts_at_once_under_one_key_are_one_restart() throws Exception {
    var id = running();

    var answers = atOnce(40, replica -> replica.post(restart(id), "", "Idempotency-Key", key));

    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
    assertThat(version(id)).isEqualTo(4);
  }

  @Test
  void a_call_whose_answer_was_lost_is_not_done_twice() throws Exception {
    var id = running();
    var first = SIDE.service().post(restart(id), "", "Idempotency-Key", key);
    sql("update remembered_call set answer = null where key = '%s'");

    var again = SIDE.another().post(restart(id), "", "Idempotency-Key", key);

    assertSame(again, first);
    assertThat(version(id)).isEqualTo(4);
    assertThat(
            SIDE.another()
                .post(restart(id), "", "Idempotency-Key", key)
                .headers()
                .firstValue(REPLAYED))
        .contains("true");
  }

  @Test
  void a_creation_whose_answer_was_lost_is_not_done_twice() throws Exception {
    var first =
        SIDE.service().post("/api/instances", "{}", "Idempotency-Key", key, "Prefer", "wait=30");
    sql("update remembered_call set answer = null where key = '%s'");

    var again =
        SIDE.another().post("/api/instances", "{}", "Idempotency-Key", key, "Prefer", "wait=30");

    assertThat(JsonPath.<String>read(first.body(), "$.status")).isEqualTo("running");
    assertSame(again, first);
  }

  @Test
  void a_call_that_ended_before_anything_was_done_is_done_when_made_again() {
    var id = running();
    SIDE.service().post(restart(id), "", "Idempotency-Key", key, "If-Match", "\"1\"");
    assertThat(version(id)).isEqualTo(2);

    var again = SIDE.another().post(restart(id), "", "Idempotency-Key", key);

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(version(id)).isEqualTo(4);
  }

  @Test
  void calls_of_more_than_a_day_ago_are_forgotten() {
    SIDE.service().post("/api/instances", "{}", "Idempotency-Key", key);
    var calls = SIDE.service().bean(RememberedCalls.class);

    assertThat(calls.forgetOld(Instant.now())).isZero();
    assertThat(calls.forgetOld(Instant.now().plus(Duration.ofHours(25)))).isPositive();
  }

  @Test
  void a_key_serves_one_call() {
    var id = running();
    SIDE.service().post("/api/instances", "{\"name\": \"a\"}", "Idempotency-Key", key);

    var otherBody =
        SIDE.service().post("/api/instances", "{\"name\": \"b\"}", "Idempotency-Key", key);
    var otherPath = SIDE.service().post(restart(id), "", "Idempotency-Key", key);

    assertThat(List.of(otherBody, otherPath))
        .allSatisfy(
            answer -> {
              assertThat(answer.statusCode()).isEqualTo(422);
              assertThat(answer.body()).contains("/problems/idempotency-mismatch");
            });
    assertThat(version(id)).isEqualTo(2);
  }

  @Test
  void what_a_host_refused_is_answered_the_same() {
    var id = running();
    SIDE.rest().hosts(Hosts.REFUSE);
    var first = SIDE.service().post(restart(id), "", "Idempotency-Key", key);
    SIDE.rest().hosts(Hosts.OBEY);

    var again = SIDE.another().post(restart(id), "", "Idempotency-Key", key);

    assertThat(first.statusCode()).isEqualTo(502);
    assertThat(again.statusCode()).isEqualTo(502);
    assertThat(JsonPath.<String>read(again.body(), "$.detail"))
        .isEqualTo(JsonPath.<String>read(first.body(), "$.detail"));
    assertThat(version(id)).isEqualTo(4);
  }

  @Test
  void what_was_not_done_may_be_asked_for_again() {
    var id = running();
    var tooLate = SIDE.service().post(restart(id), "", "Idempotency-Key", key, "If-Match", "\"1\"");

    var again = SIDE.service().post(restart(id), "", "Idempotency-Key", key, "If-Match", "\"2\"");

    assertThat(tooLate.statusCode()).isEqualTo(412);
    assertThat(again.statusCode()).isEqualTo(200);
  }

  @Test
  void after_a_day_a_key_is_free() throws Exception {
    var first = SIDE.service().post("/api/instances", "{}", "Idempotency-Key", key);
    sql("update remembered_call set called_at = now() - interval '25 hours' where key = '%s'");

    var second = SIDE.service().post("/api/instances", "{}", "Idempotency-Key", key);

    assertThat(second.body()).isNotEqualTo(first.body());
    assertThat(second.headers().firstValue(REPLAYED)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\tb"})
  void a_key_that_is_none_is_400(String bad) {
    assertThat(SIDE.service().post("/api/instances", "{}", "Idempotency-Key", bad).statusCode())
        .isEqualTo(400);
  }

  @Test
  void a_key_may_be_long_and_not_longer() {
    assertThat(
            SIDE.service()
                .post("/api/instances", "{}", "Idempotency-Key", "k".repeat(255))
                .statusCode())
        .isEqualTo(201);
    assertThat(
            SIDE.service()
                .post("/api/instances", "{}", "Idempotency-Key", "k".repeat(256))
                .statusCode())
        .isEqualTo(400);
    assertThat(
            SIDE.service()
                .post("/api/instances", "{}", "Idempotency-Key", "a", "Idempotency-Key", "b")
                .statusCode())
        .isEqualTo(400);
  }

  private interface Repeated {

    HttpResponse<String> at(RunningCommandService replica);
  }

  private static List<HttpResponse<String>> atOnce(int times, Repeated call) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls =
          IntStream.range(0, times)
              .<Callable<HttpResponse<String>>>mapToObj(
                  i -> () -> call.at(i % 2 == 0 ? SIDE.service() : SIDE.another()))
              .toList();
      return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
    }
  }

  private static void assertSame(HttpResponse<String> again, HttpResponse<String> first) {
    assertThat(again.statusCode()).isEqualTo(first.statusCode());
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(again.headers().firstValue("Instance-Version"))
        .isEqualTo(first.headers().firstValue("Instance-Version"));
  }

  private static String running() {
    var answer = SIDE.service().post("/api/instances", "{}", "Prefer", "wait=30");
    return JsonPath.read(answer.body(), "$.id");
  }

  private static String restart(String id) {
    return "/api/instances/" + id + "/restart";
  }

  private static long version(String id) {
    return SIDE.service().bean(RecordedEvents.class).lastSequence(id);
  }

  private void sql(String statement) throws SQLException {
    var postgres = TestServers.shared().postgres();
    try (var connection =
            DriverManager.getConnection(SIDE.database(), postgres.username(), postgres.password());
        var update = connection.createStatement()) {
      assertThat(update.executeUpdate(statement.formatted(key))).isEqualTo(1);
    }
  }
}
