package dev.muster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.muster.command.RestOfThePlatform.Hosts;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.web.wire.Wire;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a call waits when told, and that it does nothing to what has changed. */
class TermsTest {

  @RegisterExtension static final CommandSide SIDE = new CommandSide(1);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "respond-async|respond-async",
        "wait=0|wait=0",
        "respond-async, wait=1|wait=1",
        "handling=lenient, WAIT = \"1\"; foo|wait=1",
        "wait=1, wait=99|wait=1"
      })
  void a_call_that_is_not_to_wait_for_a_silent_host_is_202(String prefer, String applied) {
    var path = "/api/instances/" + running();
    SIDE.rest().hosts(Hosts.SAY_NOTHING);

    var answer = SIDE.service().post(path + "/pause", "", "Prefer", prefer);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Preference-Applied")).contains(applied);
    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .isEqualTo("/api/operations/" + JsonPath.<String>read(answer.body(), "$.operation_id"));
  }

  @Test
  void a_call_that_may_wait_is_answered_when_the_host_has_done_it() {
    var answer =
        SIDE.service().post("/api/instances/" + running() + "/pause", "", "Prefer", "wait=60");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Preference-Applied")).contains("wait=60");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait", "wait=", "wait=x", "wait=-1", "wait=61", "wait=1.5", "wait=1000"})
  void a_wait_that_cannot_be_read_is_400_and_nothing_is_done(String prefer) {
    var id = running();

    var answer = SIDE.service().post("/api/instances/" + id + "/pause", "", "Prefer", prefer);

    assertProblem(answer, 400, "/problems/invalid-request");
    assertThat(version(id)).isEqualTo(2);
  }

  @Test
  void a_creation_that_is_waited_for_answers_when_the_instance_runs() {
    var answer = SIDE.service().post("/api/instances", "{}", "Prefer", "wait=30");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(JsonPath.<String>read(answer.body(), "$.status")).isEqualTo("running");
    assertThat(answer.headers().firstValue("Instance-Version")).contains("2");
    assertThat(answer.headers().firstValue("Location")).isPresent();
  }

  @Test
  void a_creation_that_is_waited_for_in_vain_is_202() {
    SIDE.rest().hosts(Hosts.SAY_NOTHING);

    var answer = SIDE.service().post("/api/instances", "{}", "Prefer", "wait=1");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith("/api/operations");
  }

  @Test
  void a_creation_that_is_waited_for_and_refused_is_502_and_says_which_instance() {
    SIDE.rest().hosts(Hosts.REFUSE);

    var answer = SIDE.service().post("/api/instances", "{}", "Prefer", "wait=30");

    assertProblem(answer, 502, "/problems/operation-failed");
    assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith("/api/instances/");
  }

  /** The host has done it between 50 ms before the wait ends and 50 ms after it. */
  @Test
  void a_wait_that_ends_as_the_outcome_comes_has_one_answer_a_hundred_times() throws Exception {
    var ids = IntStream.range(0, 100).mapToObj(_ -> running()).toList();
    SIDE.rest().hosts(Hosts.SAY_NOTHING);

    var answers = new ArrayList<Future<HttpResponse<String>>>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor();
        var clock = Executors.newScheduledThreadPool(1)) {
      for (int i = 0; i < ids.size(); i++) {
        var id = ids.get(i);
        answers.add(
            callers.submit(
                () ->
                    SIDE.service()
                        .post("/api/instances/" + id + "/pause", "", "Prefer", "wait=1")));
        clock.schedule(() -> SIDE.rest().reportNewestDone(id), 950 + i, TimeUnit.MILLISECONDS);
      }
    }

    for (var answer : answers) {
      assertThat(answer.get().statusCode()).isIn(200, 202);
      assertThat(answer.get().body())
          .matches(
              answer.get().statusCode() == 200
                  ? "\\{\"status\":\"paused\"}"
                  : "\\{\"operation_id\":\"op_[0-9a-z]{26}\",\"status\":\"pending\"}");
    }
  }

  /** The client has gone between 50 ms before its answer is due and 50 ms after it. */
  @Test
  void what_a_client_asked_that_leaves_is_done_once_a_hundred_times() throws Exception {
    var ids = IntStream.range(0, 100).mapToObj(_ -> running()).toList();
    SIDE.rest().hosts(Hosts.SAY_NOTHING);

    var leaving = new ArrayList<Future<?>>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor();
        var clock = Executors.newScheduledThreadPool(2)) {
      for (int i = 0; i < ids.size(); i++) {
        var id = ids.get(i);
        var staying = 950 + i;
        leaving.add(callers.submit(() -> pauseAndLeave(id, clock, staying)));
        clock.schedule(() -> SIDE.rest().reportNewestDone(id), 1_000, TimeUnit.MILLISECONDS);
      }
      for (var each : leaving) {
        each.get();
      }
    }

    for (var id : ids) {
      await().untilAsserted(() -> assertThat(version(id)).isEqualTo(4));
    }
    var answer = SIDE.service().post("/api/instances/" + ids.getFirst() + "/pause", "");
    assertThat(answer.body()).isEqualTo("{\"status\":\"paused\"}");
  }

  private static Void pauseAndLeave(String id, ScheduledExecutorService clock, int staying)
      throws Exception {
    try (var wire = Wire.to(SIDE.service().port())) {
      wire.send(
          Wire.bytes(
              "POST /api/instances/%s/pause HTTP/1.1\r\nHost: test\r\nX-API-Key: %s\r\nPrefer: wait=2\r\nContent-Length: 0\r\n\r\n"
                  .formatted(id, RunningCommandService.KEY)));
      clock.schedule(() -> {}, staying, TimeUnit.MILLISECONDS).get();
    }
    return null;
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "*", "\"1\", \"2\"", " \"7\",\"2\" "})
  void a_call_at_the_version_it_names_is_done(String tags) {
    var answer =
        SIDE.service().post("/api/instances/" + running() + "/pause", "", "If-Match", tags);

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "\"3\"", "W/\"2\"", "\"\"", "\"two\"", "\"02\""})
  void a_call_at_another_version_is_412_and_nothing_is_done(String tags) {
    var id = running();

    var answer = SIDE.service().post("/api/instances/" + id + "/pause", "", "If-Match", tags);

    assertProblem(answer, 412, "/problems/precondition-failed");
    assertThat(answer.headers().firstValue("ETag")).contains("\"2\"");
    assertThat(answer.headers().firstValue("Instance-Version")).contains("2");
    assertThat(version(id)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "\"2", "\"2\" \"3\"", "*, \"2\"", "x"})
  void tags_that_are_none_are_400(String tags) {
    var answer =
        SIDE.service().post("/api/instances/" + running() + "/pause", "", "If-Match", tags);

    assertProblem(answer, 400, "/problems/invalid-request");
  }

  @Test
  void an_instance_that_is_not_there_is_404_at_any_version() {
    var answer =
        SIDE.service()
            .post("/api/instances/inst_00000000000000000000000000/pause", "", "If-Match", "\"1\"");

    assertProblem(answer, 404, "/problems/not-found");
  }

  @Test
  void of_many_calls_at_one_version_one_is_done() {
    var id = running();

    var answers =
        IntStream.range(0, 20)
            .parallel()
            .mapToObj(
                _ ->
                    SIDE.service()
                        .post("/api/instances/" + id + "/restart", "", "If-Match", "\"2\""))
            .toList();

    assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.statusCode() != 200)
        .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(412));
    assertThat(version(id)).isEqualTo(4);
  }

  private static String running() {
    var answer = SIDE.service().post("/api/instances", "{}", "Prefer", "wait=30");
    return JsonPath.read(answer.body(), "$.id");
  }

  private static long version(String id) {
    return SIDE.service().bean(RecordedEvents.class).lastSequence(id);
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(JsonPath.<String>read(answer.body(), "$.type")).isEqualTo(type);
  }
}
