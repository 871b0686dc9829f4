package dev.muster.query.instance.current;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.query.QuerySide;
import dev.muster.query.RunningQueryService;
import dev.muster.query.Story;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** A GET that is held until an instance has a status, at two replicas of which one projects it. */
class WaitForStatusTest {

  @RegisterExtension static final QuerySide SIDE = new QuerySide("wait_for", 2);

  /** Refuses what comes after the first value. */
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void the_answer_comes_when_the_instance_has_the_status_from_either_replica() throws Exception {
    var story = Story.running("waits");
    SIDE.topic().tell(story);
    awaitRunning(story);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<HttpResponse<String>>>();
      for (int i = 0; i < 100; i++) {
        answers.add(threads.submit(waiting(i % 2 == 0 ? SIDE.service() : SIDE.another(), story)));
      }
      SIDE.topic().tell(story.pauseRequested().paused());

      for (var answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(answer.get().body()).contains("\"status\":\"paused\"");
        assertThat(answer.get().headers().firstValue("ETag")).contains("\"4\"");
      }
    }
  }

  private static Callable<HttpResponse<String>> waiting(RunningQueryService at, Story story) {
    return () -> at.get("/api/instances/%s?wait_for=paused&timeout=60".formatted(story.id()));
  }

  @Test
  void what_has_the_status_already_is_answered_at_once() {
    var story = Story.running("waits-not");
    SIDE.topic().tell(story);
    awaitRunning(story);

    var answer = SIDE.service().get("/api/instances/" + story.id() + "?wait_for=running");

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void what_does_not_come_to_it_in_time_is_408() {
    var story = Story.running("waits-in-vain");
    SIDE.topic().tell(story);
    awaitRunning(story);

    var answer = SIDE.service().get("/api/instances/" + story.id() + "?wait_for=stopped&timeout=1");

    assertThat(answer.statusCode()).isEqualTo(408);
    assertThat(answer.body())
        .contains("/problems/timeout", "status is running, and was not stopped within 1 s");
    assertThat(answer.headers().firstValue("Instance-Version")).contains("2");
  }

  /** The status comes between 50 ms before the time is over and 50 ms after it. */
  @Test
  void a_status_that_comes_as_the_time_is_over_has_one_answer_a_hundred_times() throws Exception {
    var stories = IntStream.range(0, 100).mapToObj(i -> Story.running("edge-" + i)).toList();
    stories.forEach(SIDE.topic()::tell);
    SIDE.service().awaitAll(stories.toArray(Story[]::new));

    var answers = new ArrayList<Future<HttpResponse<String>>>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor();
        var clock = Executors.newScheduledThreadPool(1)) {
      for (int i = 0; i < stories.size(); i++) {
        var story = stories.get(i);
        var path = "/api/instances/%s?wait_for=paused&timeout=1".formatted(story.id());
        answers.add(callers.submit(() -> SIDE.service().get(path)));
        clock.schedule(
            () -> SIDE.topic().tell(story.pauseRequested().paused()),
            950 + i,
            TimeUnit.MILLISECONDS);
      }
    }

    for (var answer : answers) {
      var told = JSON.readTree(answer.get().body());
      assertThat(answer.get().statusCode()).isIn(200, 408);
      assertThat(told.path("status").asString())
          .isEqualTo(answer.get().statusCode() == 200 ? "paused" : "408");
    }
  }

  @Test
  void what_is_not_there_is_404_at_once() {
    var answer =
        SIDE.service()
            .get("/api/instances/inst_00000000000000000000000000?wait_for=running&timeout=60");

    assertThat(answer.statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "wait_for=",
        "wait_for=all",
        "wait_for=RUNNING",
        "timeout=5",
        "wait_for=running&timeout=0",
        "wait_for=running&timeout=61",
        "wait_for=running&timeout=-1",
        "wait_for=running&timeout=x",
        "wait_for=running&timeout=",
        "wait_for=running&version=1",
        "wait_for=running&as_of=2026-01-01T00:00:00Z"
      })
  void what_makes_no_sense_is_400(String query) {
    var answer = SIDE.service().get("/api/instances/inst_00000000000000000000000000?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("/problems/invalid-request");
  }

  private static void awaitRunning(Story story) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                SIDE.service()
                    .get("/api/instances/" + story.id())
                    .body()
                    .contains("\"status\":\"running\""));
  }
}
