package dev.muster.worker.driver.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.Limits;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.ActionResult.Refused;
import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.HostLimits;
import dev.muster.worker.driver.Observation.Alive;
import dev.muster.worker.driver.Observation.Ended;
import dev.muster.worker.driver.Task;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be done on a Docker host, and what others do there by hand. */
class DockerFaultsTest {

  private static TestEngine engine;

  @TempDir Path data;
  private DockerHost host;
  private long sequence = 1;

  @BeforeAll
  static void find_an_engine() {
    engine = TestEngine.open();
  }

  @BeforeEach
  void begin() {
    host = DockerHost.on(engine, new HostLimits(Limits.NONE, new Limits(2.0, 512, null, null)));
  }

  @AfterEach
  void end() {
    host.close();
  }

  @Test
  void what_cannot_be_started_is_refused_with_the_reason_and_leaves_nothing_running()
      throws Exception {
    refuses(
        "names none",
        new InstanceSpec("a", "b", null, List.of(), Map.of(), null, null, RestartPolicy.NEVER));
    refuses("image 'no.registry.invalid/x:1' cannot be pulled:", image("no.registry.invalid/x:1"));
    refuses("image '../x' is no name of an image", image("../x"));
    refuses("image 'UPPER CASE' is no name of an image", image("UPPER CASE"));
    refuses("command 'nowhere' is not found", DockerHost.spec(List.of("nowhere")));
    refuses("command '/bin/nowhere' is not found", DockerHost.spec(List.of("/bin/nowhere")));
    refuses("command 'no-program' is not executable", DockerHost.spec(List.of("no-program")));
    refuses("command '/etc' is not found", DockerHost.spec(List.of("/etc")));
    refuses("No command specified", DockerHost.spec(List.of()));
    refuses(
        "memory_mb 513 is over 512, the most that host",
        DockerHost.spec(TestEngine.IMAGE, List.of("sh"), new Limits(null, 513, null, null)));
    refuses(
        "cannot hold it to disk_mb",
        DockerHost.spec(TestEngine.IMAGE, List.of("sh"), new Limits(null, null, 10, null)));

    assertThat(engine.containers(host.name())).allMatch(EngineContainer::isRecord);
    assertThat(host.open().load()).isZero();
    assertThat(host.start(99, DockerHost.spec(List.of("sleep", "600")))).isEqualTo(new Done());
  }

  private void refuses(String reason, InstanceSpec spec) throws Exception {
    var result = host.start(sequence++, spec);

    assertThat(result).isInstanceOf(Refused.class);
    assertThat(((Refused) result).reason()).contains(reason);
  }

  private static InstanceSpec image(String name) {
    return DockerHost.spec(name, List.of("sh"), Limits.NONE);
  }

  @Test
  void what_somebody_pauses_or_resumes_is_made_as_it_is_wanted() throws Exception {
    host.run("sleep 600");
    host.engine("pause");
    host.open().observe();
    assertThat(host.container().state()).isEqualTo("running");
    host.perform(2, new Action.Pause());
    host.engine("unpause");

    assertThat(host.open().observe()).containsExactly(new Alive(host.instance(), "op_1"));

    assertThat(host.container().state()).isEqualTo("paused");
  }

  @Test
  void what_somebody_stops_has_ended() throws Exception {
    host.run("trap 'exit 7' TERM; while :; do sleep 0.05; done");
    await().until(() -> !host.exec("echo up").isEmpty());

    host.engine("stop?t=5");

    assertThat(host.open().observe())
        .containsExactly(
            new Ended(host.instance(), "op_1", 7, "the process ended with exit code 7"));
  }

  @Test
  void what_somebody_removes_has_ended_and_can_be_started_again() throws Exception {
    host.run("sleep 600");

    engine.api().delete("/containers/%s?force=true".formatted(host.container().id()));

    assertThat(host.open().observe())
        .containsExactly(
            new Ended(host.instance(), "op_1", null, "somebody has removed its container"));
    assertThat(host.start(1, DockerHost.spec(List.of("sleep", "600")))).isEqualTo(new Done());
    assertThat(host.open().observe().getFirst()).isInstanceOf(Ended.class);
    host.open().endReported(host.instance(), "op_1");
    assertThat(host.open().load()).isZero();
    assertThat(host.start(2, DockerHost.spec(List.of("sleep", "600")))).isEqualTo(new Done());
  }

  @Test
  void what_somebody_starts_again_after_its_end_is_ended() throws Exception {
    host.run("trap 'exit 0' TERM; while :; do sleep 0.05; done");
    host.engine("kill");
    await().until(() -> host.open().observe().getFirst() instanceof Ended);
    host.open().endReported(host.instance(), "op_1");
    host.engine("start");

    host.open().reconcile();

    assertThat(host.container().isAlive()).isFalse();
  }

  @Test
  void a_run_outlives_a_prune_of_what_does_not_run() throws Exception {
    host.run("sleep 600");
    host.perform(2, new Action.Pause());
    engine.containers(host.name()).stream()
        .filter(EngineContainer::isRecord)
        .forEach(record -> engine.api().delete("/containers/" + record.id()));

    host.open().reconcile();

    assertThat(host.open().observe()).containsExactly(new Alive(host.instance(), "op_1"));
    assertThat(host.open().keepsPaused(host.instance())).isTrue();
    assertThat(host.perform(3, new Action.Resume())).isEqualTo(new Done());
    assertThat(host.perform(4, new Action.Remove())).isEqualTo(new Done());
    assertThat(host.open().knows(host.instance())).isFalse();
  }

  @Test
  void an_engine_that_is_away_is_a_fault_and_all_goes_on_when_it_is_back() throws Exception {
    host.run("sleep 600");
    try (var proxy = new EngineProxy(engine.url(), data.resolve("engine.sock"))) {
      var driver = host.open(proxy.url());
      assertThat(driver.observe()).hasSize(1);

      proxy.stop();
      assertThatThrownBy(driver::observe).isInstanceOf(HostFaultException.class);
      assertThatThrownBy(() -> driver.perform(task(2, new Action.Pause())))
          .isInstanceOf(HostFaultException.class);
      assertThatThrownBy(() -> driver.output().orElseThrow().printing())
          .isInstanceOf(HostFaultException.class);
      proxy.start();

      assertThat(driver.observe()).containsExactly(new Alive(host.instance(), "op_1"));
      assertThat(driver.perform(task(2, new Action.Pause()))).isEqualTo(new Done());
    }
  }

  @Test
  void what_is_no_engine_is_a_host_that_does_not_work() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    try {
      var driver = host.open("tcp://localhost:" + server.getAddress().getPort());

      assertThatThrownBy(driver::load)
          .isInstanceOf(HostFaultException.class)
          .hasMessageContaining("status 404");
      assertThatThrownBy(() -> driver.perform(task(1, new Action.Remove())))
          .isInstanceOf(HostFaultException.class);
    } finally {
      server.stop(0);
    }
  }

  private Task task(long number, Action action) {
    return new Task(host.instance(), "op_" + number, number, action);
  }

  @Test
  void a_run_that_needs_more_memory_than_it_may_have_ends_out_of_memory() throws Exception {
    var hungry = List.of("sh", "-c", "x=a; while :; do x=$x$x; done");
    host.start(1, DockerHost.spec(TestEngine.IMAGE, hungry, new Limits(null, 16, null, null)));
    host.open().startReported(host.instance(), "op_1");

    await().until(() -> host.open().observe().getFirst() instanceof Ended);

    assertThat(((Ended) host.open().observe().getFirst()).reason())
        .contains("out of memory: it reached its memory_mb of 16");
  }
}
