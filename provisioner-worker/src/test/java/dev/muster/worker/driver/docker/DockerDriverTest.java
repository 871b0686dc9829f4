package dev.muster.worker.driver.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.worker.driver.HostDriver;
import dev.muster.worker.driver.HostDriverContract;
import dev.muster.worker.driver.HostLimits;
import dev.muster.worker.driver.HostOutputContract;
import dev.muster.worker.driver.HostShellsContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** What every driver promises, on a Docker Engine. */
class DockerDriverTest extends HostDriverContract
    implements HostOutputContract, HostShellsContract {

  private static TestEngine engine;

  private final String host = "test-" + Long.toHexString(System.nanoTime());

  @BeforeAll
  static void find_an_engine() {
    engine = TestEngine.open();
  }

  @AfterEach
  void leave_nothing() {
    engine.sweep(host);
    assertThat(engine.left(host)).isEmpty();
  }

  @Override
  protected HostDriver open(int capacity) {
    return new DockerDriver(host, capacity, engine.url(), HostLimits.NONE, Duration.ofSeconds(10));
  }

  @Override
  protected InstanceSpec spec() {
    var script = "echo started; while [ ! -e /tmp/end ]; do sleep 0.02; done; exit $(cat /tmp/end)";
    return new InstanceSpec(
        "test",
        "us-east-1",
        TestEngine.IMAGE,
        List.of("sh", "-c", script),
        Map.of(),
        null,
        null,
        RestartPolicy.NEVER);
  }

  @Override
  protected void end(String instanceId, int exitCode) throws Exception {
    engine.exec(
        engine.run(host, instanceId),
        "sh",
        "-c",
        "echo %d >/tmp/e; mv /tmp/e /tmp/end".formatted(exitCode));
  }

  @Override
  protected int starts(String instanceId) {
    return engine.starts(instanceId);
  }
}
