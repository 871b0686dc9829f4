package dev.muster.worker.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.Task;
import dev.muster.worker.driver.simulated.SimulatedDriver;
import dev.muster.worker.driver.simulated.SimulatedHost;
import dev.muster.worker.host.Host;
import dev.muster.worker.host.Hosts;
import dev.muster.worker.placement.Spot.At;
import dev.muster.worker.placement.Spot.Nowhere;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {

  private final List<Host> all =
      IntStream.range(0, 10).mapToObj(i -> host("lab-" + i, "sim-1", 100)).toList();
  private final Placement placement = new Placement(new Hosts(all));

  @Test
  void instances_spread_over_the_hosts() throws Exception {
    for (int i = 0; i < 500; i++) {
      place(Ids.newInstance(), Ids.newOperation());
    }

    assertThat(all).allSatisfy(host -> assertThat(host.driver().load()).isBetween(35, 65));
  }

  @Test
  void a_redelivered_creation_goes_where_the_first_one_went() throws Exception {
    var instance = Ids.newInstance();
    var operation = Ids.newOperation();
    var first = place(instance, operation);
    for (int i = 0; i < 100; i++) {
      place(Ids.newInstance(), Ids.newOperation());
    }

    assertThat(placement.forStart("sim-1", instance, operation, null)).isEqualTo(new At(first));
  }

  @Test
  void a_region_takes_instances_until_every_host_is_full() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      place(Ids.newInstance(), Ids.newOperation());
    }

    assertThat(placement.forStart("sim-1", Ids.newInstance(), "op_x", null))
        .isEqualTo(new Nowhere("region sim-1 is full (1000 of 1000)"));
  }

  @Test
  void a_placed_instance_stays_on_its_host() {
    assertThat(placement.forStart("sim-1", Ids.newInstance(), "op_x", "lab-7"))
        .isEqualTo(new At(all.get(7)));
    assertThat(placement.whereItIs("sim-1", Ids.newInstance(), "gone")).isInstanceOf(Nowhere.class);
  }

  @Test
  void what_was_never_placed_may_be_anywhere() {
    assertThat(placement.everywhere("sim-1", Ids.newInstance(), null)).hasSize(10);
    assertThat(placement.everywhere("sim-1", Ids.newInstance(), "lab-3"))
        .containsExactly(all.get(3));
  }

  private Host place(String instanceId, String operationId) throws Exception {
    var spot = placement.forStart("sim-1", instanceId, operationId, null);
    assertThat(spot).isInstanceOf(At.class);
    var host = ((At) spot).host();
    var start = new Action.Start(InstanceSpec.bot("bot", "sim-1"));
    host.driver().perform(new Task(instanceId, operationId, 1, start));
    return host;
  }

  private static Host host(String name, String region, int capacity) {
    var driver = new SimulatedDriver(new SimulatedHost(name, capacity, Duration.ZERO, 0));
    return new Host(name, region, "simulated", capacity, driver);
  }
}
