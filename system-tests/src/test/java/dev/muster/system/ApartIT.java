package dev.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The same calls with two of every service, and what two of a kind must agree on. */
class ApartIT extends ReferenceCallsIT {

  private static final String SLEEPER = "{\"command\": [\"sleep\", \"100000\"]}";

  private List<ServiceProcess> commands = List.of();
  private List<ServiceProcess> queries = List.of();
  private Path env = Path.of("");
  private String key = "";

  @Override
  Deployment start(Path folder) throws Exception {
    var apart = Apart.start(folder);
    commands = apart.commands;
    queries = apart.queries;
    env = apart.infra.env();
    key = apart.adminKey();
    return apart;
  }

  @Test
  void either_query_replica_shows_what_either_command_replica_acknowledged() throws Exception {
    for (int i = 0; i < 10; i++) {
      var answer = command(i).post("/api/instances", SLEEPER);
      assertThat(answer.status()).isEqualTo(201);
      var id = answer.json().get("id").asString();
      for (var query : queries) {
        assertThat(query.api(key).get("/api/instances/" + id).status()).isEqualTo(200);
      }
      api.awaitStatus(id, "running");
      assertThat(command(i + 1).post("/api/instances/" + id + "/pause", "").status())
          .isEqualTo(200);
      for (var query : queries) {
        assertThat(query.api(key).statusOf(id)).isEqualTo("paused");
      }
    }
  }

  @Test
  void of_commands_that_meet_on_one_instance_each_is_done_once_or_refused() throws Exception {
    var id = api.running(SLEEPER);
    var calls = new ArrayList<Callable<Api.Answer>>();
    for (int i = 0; i < 24; i++) {
      var api = command(i);
      var what = List.of("pause", "resume", "restart").get(i % 3);
      calls.add(
          () ->
              api.send(
                  "POST", "/api/instances/" + id + "/" + what, "", "X-Request-Id", "meet-" + what));
    }

    try (var clients = Executors.newFixedThreadPool(6)) {
      for (var call : clients.invokeAll(calls)) {
        assertThat(call.get().status()).isIn(200, 409);
      }
    }

    var state = new Histories(api).stateOf(id);
    assertThat(state.inFlight()).isNull();
    assertThat(api.statusOf(id)).isEqualTo(state.status().toString());
    assertThat(HostProcess.mainsOf(data, id)).hasSize(1);
    var operations =
        api.history(id).stream()
            .filter(row -> row.get("type").asString().endsWith("Requested"))
            .map(row -> row.get("operation_id").asString())
            .toList();
    assertThat(operations).doesNotHaveDuplicates().hasSizeGreaterThan(1);
  }

  @Test
  void every_event_is_shown_once_and_in_order_by_both_query_replicas() throws Exception {
    try (var load = new Load(api, 4)) {
      org.awaitility.Awaitility.await()
          .atMost(java.time.Duration.ofMinutes(2))
          .until(() -> load.acknowledged.size() >= 60 || !load.surprises.isEmpty());
      load.close();
      assertThat(load.surprises).isEmpty();
      assertThat(load.failedReads).isEmpty();
      for (var query : queries) {
        Aftermath.check(query.api(key), load.acknowledged, data);
        new Auditor(query.api(key)).check();
      }
    }
  }

  @Test
  void work_is_shared_by_both_workers() throws Exception {
    for (int i = 0; i < 12; i++) {
      api.running(SLEEPER);
    }
    var actors = new ArrayList<String>();
    for (var instance : api.pages("/api/instances?limit=1000")) {
      api.history(instance.get("id").asString()).stream()
          .filter(row -> row.get("type").asString().equals("InstanceStarted"))
          .forEach(row -> actors.add(row.get("actor").get("id").asString()));
    }
    assertThat(actors).contains("worker:w1", "worker:w2");
  }

  @Test
  void a_second_worker_of_one_name_is_told_to_take_another() throws Exception {
    var second = ServiceProcess.launch("worker", env, "w1");
    try (second) {
      assertThat(second.exitStatus()).isEqualTo(1);
      assertThat(second.output().lines().filter(line -> line.startsWith("muster: ")))
          .singleElement()
          .asString()
          .contains("w1", "--name");
    }
  }

  private Api command(int turn) {
    return commands.get(turn % commands.size()).api(key);
  }
}
