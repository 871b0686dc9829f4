package dev.muster.command;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.events.codec.EventCodec;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceEvent.OutcomeIgnored;
import dev.muster.events.instance.InstanceEvent.Requested;
import dev.muster.events.instance.InstanceEvent.Settled;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Callers who get in each other's way, at two replicas. Whatever comes first, one of a few
 * histories comes of it, with one operation under way at a time, and each caller hears what is in
 * it.
 *
 * <p>A history is a word: a capital for what was asked, a small letter for what the host did, F for
 * an operation that a delete took the place of. Reports that came too late are left out of it.
 */
class RacesTest {

  private static final Map<String, String> LETTERS =
      Map.ofEntries(
          entry("CreationRequested", "C"),
          entry("InstanceStarted", "c"),
          entry("PauseRequested", "P"),
          entry("InstancePaused", "p"),
          entry("RestartRequested", "R"),
          entry("InstanceRestarted", "r"),
          entry("DeletionRequested", "D"),
          entry("InstanceTerminated", "d"),
          entry("OperationFailed", "F"),
          entry("OutcomeIgnored", ""));
  private static final EventCodec CODEC = new EventCodec();
  private static final int ROUNDS = 12;

  /** An answer that comes before the host's would say nothing of the race. */
  private static final String WAIT = "wait=60";

  @RegisterExtension static final CommandSide SIDE = new CommandSide(2);

  /** How many calls were under way at once, at most, in each round of a test. */
  private final List<Integer> underWay = new ArrayList<>();

  private interface Call {

    HttpResponse<String> at(RunningCommandService replica);
  }

  @Test
  void of_a_hundred_pauses_one_is_done_and_all_hear_of_it() throws Exception {
    var id = running();

    var answers = atOnce(0, IntStream.range(0, 100).mapToObj(_ -> pause(id)).toList());

    assertThat(history(id)).isEqualTo("CcPp");
    assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(200, 409).contains(200);
    assertThat(answers).allSatisfy(answer -> assertPausedOrUnderWay(answer, 4));
    assertThat(underWay.getFirst()).isGreaterThan(ROUNDS);
  }

  @Test
  void a_pause_and_a_delete() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      var id = running();

      var answers = atOnce(round, List.of(pause(id), delete(id)));

      assertThat(settled(id)).isIn(Set.of("CcPpDd", "CcPFDd", "CcDd"));
      assertFits(answers.get(0), id, "Pp");
      assertThat(answers.get(1).statusCode()).isEqualTo(204);
    }
    assertThat(underWay).contains(2);
  }

  @Test
  void a_restart_a_pause_and_a_delete() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      var id = running();

      var answers = atOnce(round, List.of(restart(id), pause(id), delete(id)));

      assertThat(settled(id))
          .isIn(
              Set.of(
                  "CcDd",
                  "CcPpDd",
                  "CcPFDd",
                  "CcRrDd",
                  "CcRFDd",
                  "CcPpRrDd",
                  "CcPpRFDd",
                  "CcRrPpDd",
                  "CcRrPFDd"));
      assertFits(answers.get(0), id, "Rr");
      assertFits(answers.get(1), id, "Pp");
      assertThat(answers.get(2).statusCode()).isEqualTo(204);
    }
    assertThat(underWay).contains(3);
  }

  @Test
  void a_creation_and_a_delete_at_the_other_replica() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      var id = id(SIDE.service().post("/api/instances", "{}"));

      var answers = atOnce(round, List.of(pause(id), delete(id)));

      assertThat(settled(id)).isIn(Set.of("CcDd", "CFDd", "CcPpDd", "CcPFDd"));
      assertFits(answers.get(0), id, "Pp");
      assertThat(answers.get(1).statusCode()).isEqualTo(204);
    }
    assertThat(underWay).contains(2);
  }

  @Test
  void deletes_at_once_are_one_delete() throws Exception {
    var id = running();

    var answers = atOnce(0, IntStream.range(0, 40).mapToObj(_ -> delete(id)).toList());

    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(204);
    assertThat(settled(id)).isEqualTo("CcDd");
    assertThat(underWay.getFirst()).isGreaterThan(ROUNDS);
  }

  /** What was done was answered so, with the version that it made; everything else is a 409. */
  private static void assertFits(HttpResponse<String> answer, String id, String done) {
    var types = events(id).stream().map(RacesTest::letter).toList();
    if (String.join("", types).contains(done)) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Instance-Version"))
          .hasValue(String.valueOf(types.indexOf(done.substring(1)) + 1));
    } else {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
    }
  }

  private static void assertPausedOrUnderWay(HttpResponse<String> answer, long version) {
    if (answer.statusCode() == 200) {
      assertThat(answer.body()).isEqualTo("{\"status\":\"paused\"}");
      assertThat(answer.headers().firstValue("Instance-Version")).hasValue(String.valueOf(version));
    } else {
      assertThat(answer.body()).contains("/problems/operation-under-way");
    }
  }

  private static Call pause(String id) {
    return replica -> replica.post("/api/instances/" + id + "/pause", "", "Prefer", WAIT);
  }

  private static Call restart(String id) {
    return replica -> replica.post("/api/instances/" + id + "/restart", "", "Prefer", WAIT);
  }

  private static Call delete(String id) {
    return replica -> replica.delete("/api/instances/" + id, "Prefer", WAIT);
  }

  /**
   * All calls at once, in turn at either replica; the last one later by the round, in milliseconds,
   * so that it meets the others at different steps.
   */
  private List<HttpResponse<String>> atOnce(int round, List<Call> calls) throws Exception {
    var tasks = new ArrayList<Callable<HttpResponse<String>>>();
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    for (int i = 0; i < calls.size(); i++) {
      var replica = (i + round) % 2 == 0 ? SIDE.service() : SIDE.another();
      var call = calls.get(i);
      var later = Duration.ofMillis(i == calls.size() - 1 ? round : 0);
      tasks.add(
          () -> {
            LockSupport.parkNanos(later.toNanos());
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
              return call.at(replica);
            } finally {
              now.decrementAndGet();
            }
          });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(tasks).stream().map(Future::resultNow).toList();
    } finally {
      underWay.add(most.get());
    }
  }

  /** The history once nothing is under way. */
  private static String settled(String id) {
    await().until(() -> history(id).endsWith("d"));
    return history(id);
  }

  private static String history(String id) {
    var events = events(id);
    assertOneAtATime(events);
    return events.stream().map(RacesTest::letter).collect(Collectors.joining());
  }

  private static void assertOneAtATime(List<InstanceEvent> events) {
    var underWay = "";
    for (var event : events) {
      switch (event) {
        case Requested asked -> {
          assertThat(underWay).as("%s", events).isEmpty();
          underWay = asked.operationId();
        }
        case Settled settled -> {
          assertThat(settled.operationId()).as("%s", events).isEqualTo(underWay);
          underWay = "";
        }
        case OutcomeIgnored late ->
            assertThat(late.operationId()).as("%s", events).isNotEqualTo(underWay);
        case InstanceEvent.OperationDoneLate _,
            InstanceEvent.InstanceCompleted _,
            InstanceEvent.InstanceFailed _ ->
            throw new AssertionError(event);
      }
    }
  }

  private static List<InstanceEvent> events(String id) {
    return SIDE.service().bean(RecordedEvents.class).after(id, 0).stream()
        .map(event -> CODEC.decode(event.encoded()))
        .toList();
  }

  private static String letter(InstanceEvent event) {
    return LETTERS.getOrDefault(event.getClass().getSimpleName(), "?");
  }

  private static String running() {
    return id(SIDE.service().post("/api/instances", "{}", "Prefer", "wait=30"));
  }

  private static String id(HttpResponse<String> answer) {
    return JsonPath.read(answer.body(), "$.id");
  }
}
