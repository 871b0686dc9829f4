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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform that is killed while commands run comes back with everything it acknowledged. */
class KillIT {

  private static final int CLIENTS = 8;
  private static final int ENOUGH = 200;

  @TempDir Path data;

  @Test
  void a_kill_under_load_loses_nothing_and_starts_nothing_twice() throws Exception {
    var killed = MusterProcess.up(data);
    Load load;
    try (var running = new Load(killed.api(), CLIENTS)) {
      load = running;
      await().atMost(Duration.ofMinutes(2)).until(() -> load.acknowledged.size() >= ENOUGH);
      killed.kill();
    }
    assertThat(load.surprises).isEmpty();

    try (var muster = MusterProcess.up(data)) {
      var states = settled(muster.api());
      assertThat(states.keySet()).containsAll(load.acknowledged.values());
      assertAcknowledgedAreInTheHistory(muster.api(), load);
      assertGetsEqualTheFolds(muster.api(), states);
      assertProcessesAreThoseOfLivingInstances(states);
    }
  }

  /** Every instance as its history has it, once no operation is under way any more. */
  private static Map<String, InstanceState> settled(Api api) {
    return await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> statesOf(api),
            states -> states.values().stream().allMatch(state -> state.inFlight() == null));
  }

  private static Map<String, InstanceState> statesOf(Api api)
      throws IOException, InterruptedException {
    var histories = new Histories(api);
    var states = new HashMap<String, InstanceState>();
    for (var instance : api.pages("/api/instances?status=all&limit=1000")) {
      var id = instance.get("id").asString();
      states.put(id, histories.stateOf(id));
    }
    return states;
  }

  private static void assertAcknowledgedAreInTheHistory(Api api, Load load)
      throws IOException, InterruptedException {
    var byInstance = load.acknowledged.entrySet().stream().collect(groupingBy(Map.Entry::getValue));
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

  private void assertProcessesAreThoseOfLivingInstances(Map<String, InstanceState> states)
      throws IOException {
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
