package dev.muster.worker.driver.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.Limits;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.HostLimits;
import dev.muster.worker.driver.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A host with one instance on the engine of the tests. */
record DockerHost(TestEngine engine, String name, String instance, HostLimits limits)
    implements AutoCloseable {

  static DockerHost on(TestEngine engine) {
    return on(engine, HostLimits.NONE);
  }

  static DockerHost on(TestEngine engine, HostLimits limits) {
    var name = "test-" + Long.toHexString(System.nanoTime());
    return new DockerHost(engine, name, Ids.newInstance(), limits);
  }

  /** The same host with another instance. */
  DockerHost another() {
    return new DockerHost(engine, name, Ids.newInstance(), limits);
  }

  /** A driver for it, as after a restart of the worker. */
  DockerDriver open() {
    return open(engine.url());
  }

  DockerDriver open(String url) {
    return new DockerDriver(name, 10, url, limits, Duration.ofSeconds(10));
  }

  void run(String script) throws Exception {
    assertThat(start(1, spec(List.of("sh", "-c", script)))).isEqualTo(new Done());
    open().startReported(instance, "op_1");
  }

  ActionResult start(long sequence, InstanceSpec spec) throws Exception {
    return perform(sequence, new Action.Start(spec));
  }

  ActionResult perform(long sequence, Action action) throws Exception {
    return open().perform(task(sequence, action));
  }

  Task task(long sequence, Action action) {
    return new Task(instance, "op_" + sequence, sequence, action);
  }

  EngineContainer container() {
    return engine.run(name, instance);
  }

  String exec(String script) throws Exception {
    return engine.exec(container(), "sh", "-c", script);
  }

  void engine(String action) {
    engine
        .api()
        .ok(engine.api().post("/containers/%s/%s".formatted(container().id(), action)), action);
  }

  /** All it has printed that nobody has taken. */
  String printed() {
    return open()
        .output()
        .orElseThrow()
        .untaken(instance, 1_000_000)
        .map(output -> new String(output.bytes(), UTF_8))
        .orElse("");
  }

  static InstanceSpec spec(List<String> command) {
    return spec(TestEngine.IMAGE, command, Limits.NONE);
  }

  static InstanceSpec spec(String image, List<String> command, Limits limits) {
    return new InstanceSpec(
        "test",
        "us-east-1",
        image,
        command,
        Map.of(),
        limits.cpus(),
        limits.memoryMb(),
        limits.diskMb(),
        limits.pids(),
        null,
        RestartPolicy.NEVER,
        null);
  }

  @Override
  public void close() {
    engine.sweep(name);
    assertThat(engine.left(name)).isEmpty();
  }
}
