package dev.muster.worker.driver.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.instance.InstanceSpec;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.ActionResult.Superseded;
import dev.muster.worker.driver.HostLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Workers that meet on a Docker host, and workers that died there halfway. */
class DockerRacesTest {

  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
  private static final InstanceSpec SPEC = DockerHost.spec(List.of("sleep", "600"));
  private static TestEngine engine;

  private DockerHost host;

  @BeforeAll
  static void find_an_engine() {
    engine = TestEngine.open();
  }

  @BeforeEach
  void begin() {
    host = DockerHost.on(engine);
  }

  @AfterEach
  void end() {
    host.close();
  }

  private HostInstances instances() {
    return new HostInstances(engine.api(), host.name());
  }

  private static RecordState begun(RecordState state) {
    var run = new RecordedRun(1, "op_1", RecordedRun.Told.NOTHING, 0);
    return state.want(1, DesiredContainerState.RUNNING).withRun(run);
  }

  private void runsOnce() {
    assertThat(host.container().isAlive()).isTrue();
    await().untilAsserted(() -> assertThat(engine.starts(host.instance())).isEqualTo(1));
    host.open().startReported(host.instance(), "op_1");
    assertThat(host.open().observe()).hasSize(1);
  }

  @Test
  void a_start_that_had_its_place_only_is_done_by_the_next_worker() throws Exception {
    instances().update(host.instance(), state -> state.want(1, DesiredContainerState.STARTING));

    assertThat(host.start(1, SPEC)).isEqualTo(new Done());

    runsOnce();
  }

  @Test
  void a_start_that_was_put_down_and_not_begun_is_done_by_the_next_worker() throws Exception {
    instances().update(host.instance(), DockerRacesTest::begun);

    assertThat(host.start(1, SPEC)).isEqualTo(new Done());

    runsOnce();
  }

  @Test
  void a_container_that_was_made_and_not_started_is_started_by_the_next_worker() throws Exception {
    instances().update(host.instance(), DockerRacesTest::begun);
    var limits = new ContainerLimits(engine.api(), host.name(), HostLimits.NONE);
    var network = new HostNetwork(engine.api(), host.name()).ensure();
    var task = host.task(1, new Action.Start(SPEC));
    var request =
        ContainerRequest.of(host.name(), network, task, SPEC, limits, Duration.ofSeconds(1));
    var name = instances().prefix(host.instance()) + "run1";
    engine.api().ok(engine.api().post("/containers/create?name=" + name, request), "create");

    assertThat(host.start(1, SPEC)).isEqualTo(new Done());

    runsOnce();
  }

  @Test
  void many_workers_with_one_start_start_one_run() throws Exception {
    var starts = new ArrayList<Callable<ActionResult>>();
    for (int i = 0; i < 6; i++) {
      starts.add(() -> host.start(1, SPEC));
    }

    for (var result : THREADS.invokeAll(starts)) {
      assertThat(result.get()).isEqualTo(new Done());
    }

    runsOnce();
    assertThat(engine.networks(host.name())).hasSize(1);
  }

  @RepeatedTest(8)
  void of_a_start_and_a_delete_that_meet_nothing_is_left_running() throws Exception {
    var start = THREADS.submit(() -> host.start(1, SPEC));
    var delete = THREADS.submit(() -> host.perform(2, new Action.Remove()));

    assertThat(delete.get()).isEqualTo(new Done());
    assertThat(start.get()).isIn(new Done(), new Superseded());

    assertThat(engine.containers(host.name())).noneMatch(EngineContainer::isAlive);
    assertThat(host.open().load()).isZero();
    assertThat(host.start(1, SPEC)).isEqualTo(new Superseded());
  }
}
