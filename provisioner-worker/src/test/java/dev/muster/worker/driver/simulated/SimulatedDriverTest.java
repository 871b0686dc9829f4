package dev.muster.worker.driver.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult.Refused;
import dev.muster.worker.driver.HostDriver;
import dev.muster.worker.driver.HostDriverContract;
import dev.muster.worker.driver.HostOutputContract;
import dev.muster.worker.driver.Task;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatedDriverTest extends HostDriverContract implements HostOutputContract {

  private final Map<Integer, SimulatedHost> hosts = new HashMap<>();

  @Override
  protected HostDriver open(int capacity) {
    return new SimulatedDriver(
        hosts.computeIfAbsent(capacity, c -> new SimulatedHost("lab", c, Duration.ZERO, 0)));
  }

  @Override
  protected InstanceSpec spec() {
    return InstanceSpec.bot("bot", "sim-1");
  }

  @Override
  protected void end(String instanceId, int exitCode) {
    hosts.values().forEach(host -> host.end(instanceId, exitCode));
  }

  @Override
  protected int starts(String instanceId) {
    return (int)
        hosts.values().stream()
            .flatMap(host -> host.journal().stream())
            .filter(e -> e.instanceId().equals(instanceId) && e.action().equals("start"))
            .count();
  }

  @Test
  void the_share_of_failures_is_near_the_configured_rate() throws Exception {
    var driver = new SimulatedDriver(new SimulatedHost("lab", 10_000, Duration.ZERO, 0.1));

    int refused = 0;
    for (int i : IntStream.range(0, 2_000).toArray()) {
      var task = new Task("inst_" + i, Ids.newOperation(), 1, new Action.Start(spec()));
      refused += driver.perform(task) instanceof Refused ? 1 : 0;
    }

    assertThat(refused).isBetween(100, 300);
  }
}
