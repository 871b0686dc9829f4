package dev.muster.system;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.instance.InstanceState;
import dev.muster.events.instance.InstanceStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What must hold once a platform that was hurt under load has come to rest. */
final class Aftermath {

  private Aftermath() {}

  /**
   * Every acknowledged command is in the history, histories are gapless, GET equals their fold,
   * every operation has ended, and the processes are those of living instances, one each.
   */
  static void check(Api api, Map<String, String> acknowledged, Path data) throws Exception {
    var states = settled(api);
    assertThat(states.keySet()).containsAll(acknowledged.values());
    assertAcknowledgedAreInTheHistory(api, acknowledged);
    assertGetsEqualTheFolds(api, states);
    assertProcessesAreThoseOfLivingInstances(data, states);
  }

  /** Every instance as its history has it, once no operation is under way any more. */
  private static Map<String, InstanceState> settled(Api api) {
    var settled = new HashMap<String, InstanceState>();
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> isAllSettled(api, settled));
    return settled;
  }

  /**
   * Adds those that have come to rest: nobody sends commands any more, so they stay as they are.
   */
  private static boolean isAllSettled(Api api, Map<String, InstanceState> settled)
      throws IOException, InterruptedException {
    var histories = new Histories(api);
    var all = true;
    for (var instance : api.pages("/api/instances?status=all&limit=1000")) {
      var id = instance.get("id").asString();
      if (!settled.containsKey(id)) {
        var state = histories.stateOf(id);
        if (state.inFlight() == null) {
          settled.put(id, state);
        } else {
          all = false;
        }
      }
    }
    return all;
  }

  private static void assertAcknowledgedAreInTheHistory(Api api, Map<String, String> acknowledged)
      throws IOException, InterruptedException {
    var byInstance = acknowledged.entrySet().stream().collect(groupingBy(Map.Entry::getValue));
    for (var entry : byInstance.entrySet()) {
      var recorded =
          api.history(entry.getKey()).stream()
              .map(row -> row.get("request_id").asString())
              .collect(toSet());
      assertThat(recorded)
          .as("history of " + entry.getKey())
          .containsAll(entry.getValue().stream().map(Map.Entry::getKey).toList());
    }
  }

  private static void assertGetsEqualTheFolds(Api api, Map<String, InstanceState> states)
      throws IOException, InterruptedException {
    for (var state : states.values()) {
      var instance = api.get("/api/instances/" + state.instanceId());
      assertThat(instance.json().get("status").asString()).isEqualTo(state.status().toString());
      assertThat(instance.header("ETag").replace("\"", ""))
          .isEqualTo(Long.toString(state.version()));
      assertThat(instance.json().get("updated_at").asLong())
          .isEqualTo(state.updatedAt().getEpochSecond());
    }
  }

  private static void assertProcessesAreThoseOfLivingInstances(
      Path data, Map<String, InstanceState> states) throws IOException {
    var alive = Set.of(InstanceStatus.RUNNING, InstanceStatus.PAUSED);
    var expected =
        states.values().stream()
            .filter(state -> alive.contains(state.status()))
            .collect(toMap(InstanceState::instanceId, state -> 1L));
    var found =
        HostProcess.mainsOf(data).stream()
            .collect(groupingBy(HostProcess::instanceId, java.util.stream.Collectors.counting()));
    assertThat(found).isEqualTo(expected);
  }
}
