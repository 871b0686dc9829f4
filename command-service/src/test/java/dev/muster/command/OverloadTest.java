package dev.muster.command;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.muster.command.RestOfThePlatform.Hosts;
import dev.muster.command.eventstore.RecordedEvents;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What comes on top of what a replica can carry is refused at once. */
class OverloadTest {

  private static final int AT_ONCE = 2;

  @RegisterExtension
  static final CommandSide SIDE = new CommandSide(1, "muster.commands-at-once=" + AT_ONCE);

  @Test
  void more_commands_than_are_worked_on_at_once_are_503_until_there_is_room() throws Exception {
    // Creations are held until they can be read, which they cannot.
    SIDE.rest().readSideUp(false);

    var answers = atOnce(12);

    assertThat(answers.keySet()).containsExactlyInAnyOrder(201, 503);
    assertThat(answers.get(503))
        .allSatisfy(
            refused -> {
              assertThat(refused.headers().firstValue("Retry-After")).contains("2");
              assertThat(JsonPath.<String>read(refused.body(), "$.detail"))
                  .isEqualTo("2 commands are under way; try again soon");
            });
    SIDE.rest().readSideUp(true);
    assertThat(SIDE.service().post("/api/instances", "{}").statusCode()).isEqualTo(201);
  }

  @Test
  void creations_that_wait_to_be_read_keep_no_other_command_out() throws Exception {
    var id = running();
    SIDE.rest().readSideUp(false);

    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var creations = new ArrayList<Future<HttpResponse<String>>>();
      for (int i = 0; i < AT_ONCE; i++) {
        creations.add(clients.submit(() -> SIDE.service().post("/api/instances", "{}")));
      }
      await().until(() -> SIDE.service().post("/api/instances", "{}").statusCode() == 503);

      assertThat(SIDE.service().post("/api/instances/" + id + "/pause").statusCode())
          .isEqualTo(200);

      for (var creation : creations) {
        assertThat(creation.get().statusCode()).isIn(201, 503);
      }
    }
  }

  @Test
  void commands_that_wait_for_a_host_keep_no_others_out() throws Exception {
    var last = running();
    var instances = Stream.generate(OverloadTest::running).limit(AT_ONCE).toList();
    SIDE.rest().hosts(Hosts.SAY_NOTHING);

    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting = new ArrayList<Future<HttpResponse<String>>>();
      for (var id : instances) {
        waiting.add(clients.submit(() -> pause(id, "wait=60")));
        await().until(() -> isPausing(id));
      }

      await().until(() -> pause(last, "respond-async").statusCode() == 202);

      assertThat(waiting).noneMatch(Future::isDone);
      SIDE.rest().hosts(Hosts.OBEY);
      for (var one : waiting) {
        assertThat(one.get().statusCode()).isNotEqualTo(503);
      }
    }
  }

  private static HttpResponse<String> pause(String id, String prefer) {
    return SIDE.service().post("/api/instances/" + id + "/pause", "", "Prefer", prefer);
  }

  private static Map<Integer, List<HttpResponse<String>>> atOnce(int count) throws Exception {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Future<HttpResponse<String>>>();
      for (int i = 0; i < count; i++) {
        calls.add(clients.submit(() -> SIDE.service().post("/api/instances", "{}")));
      }
      var answers = new ArrayList<HttpResponse<String>>();
      for (var call : calls) {
        answers.add(call.get());
      }
      return answers.stream().collect(groupingBy(HttpResponse::statusCode));
    }
  }

  private static String running() {
    var answer = SIDE.service().post("/api/instances", "{}", "Prefer", "wait=30");
    return JsonPath.read(answer.body(), "$.id");
  }

  private static boolean isPausing(String id) {
    return SIDE.service().bean(RecordedEvents.class).lastSequence(id) == 3;
  }
}
