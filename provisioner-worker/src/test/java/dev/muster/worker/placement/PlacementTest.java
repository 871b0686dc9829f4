package dev.muster.worker.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.Limits;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.HostLimits;
import dev.muster.worker.driver.Task;
import dev.muster.worker.driver.docker.DockerDriver;
import dev.muster.worker.driver.process.ProcessDriver;
import dev.muster.worker.driver.process.UserIds;
import dev.muster.worker.driver.simulated.SimulatedDriver;
import dev.muster.worker.driver.simulated.SimulatedHost;
import dev.muster.worker.host.CordonedHosts;
import dev.muster.worker.host.Host;
import dev.muster.worker.host.HostDirectory;
import dev.muster.worker.placement.PlacementResult.At;
import dev.muster.worker.placement.PlacementResult.Nowhere;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacementTest {

  private static final InstanceSpec BOT = InstanceSpec.bot("bot", "sim-1");

  private final List<Host> all =
      IntStream.range(0, 10).mapToObj(i -> host("lab-" + i, "sim-1", 100)).toList();
  private final Placement placement = new Placement(new HostDirectory(all), _ -> false);

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

    assertThat(placement.forStart(BOT, instance, operation, null)).isEqualTo(new At(first));
  }

  @Test
  void a_region_takes_instances_until_every_host_is_full() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      place(Ids.newInstance(), Ids.newOperation());
    }

    assertThat(placement.forStart(BOT, Ids.newInstance(), "op_x", null))
        .isEqualTo(new Nowhere("region sim-1 is full (1000 of 1000)"));
  }

  @Test
  void a_cordoned_host_gets_nothing_new_and_the_others_fill_up() throws Exception {
    var open = List.of("lab-3", "lab-7");
    var some = new Placement(new HostDirectory(all), host -> !open.contains(host));
    for (int i = 0; i < 200; i++) {
      place(some, Ids.newInstance(), Ids.newOperation());
    }

    assertThat(all)
        .allSatisfy(
            host ->
                assertThat(host.driver().load()).isEqualTo(open.contains(host.name()) ? 100 : 0));
    assertThat(some.forStart(BOT, Ids.newInstance(), "op_x", null))
        .isEqualTo(new Nowhere("region sim-1 is full (200 of 1000)"));
  }

  @Test
  void where_all_are_cordoned_the_reason_says_so() {
    var none = new Placement(new HostDirectory(all.subList(0, 2)), _ -> true);

    assertThat(none.forStart(BOT, Ids.newInstance(), "op_x", null))
        .isEqualTo(
            new Nowhere("hosts of region sim-1 that can take it are cordoned: lab-0, lab-1"));
  }

  @Test
  void what_a_cordoned_host_has_stays_there() throws Exception {
    var instance = Ids.newInstance();
    var operation = Ids.newOperation();
    var first = place(instance, operation);
    var none = new Placement(new HostDirectory(all), _ -> true);

    assertThat(none.forStart(BOT, instance, operation, null)).isEqualTo(new At(first));
    assertThat(none.forStart(BOT, instance, "op_x", first.name())).isEqualTo(new At(first));
    assertThat(none.whereItIs("sim-1", instance, null)).isEqualTo(new At(first));
  }

  @Test
  void as_long_as_nobody_knows_what_is_cordoned_nothing_is_placed() {
    var early = new Placement(new HostDirectory(all), new CordonedHosts()::isCordoned);

    assertThatThrownBy(() -> early.forStart(BOT, Ids.newInstance(), "op_x", null))
        .isInstanceOf(HostFaultException.class);
  }

  @Test
  void a_placed_instance_stays_on_its_host() {
    assertThat(placement.forStart(BOT, Ids.newInstance(), "op_x", "lab-7"))
        .isEqualTo(new At(all.get(7)));
    assertThat(placement.whereItIs("sim-1", Ids.newInstance(), "gone")).isInstanceOf(Nowhere.class);
  }

  @Test
  void what_was_never_placed_may_be_anywhere() {
    assertThat(placement.everywhere("sim-1", Ids.newInstance(), null)).hasSize(10);
    assertThat(placement.everywhere("sim-1", Ids.newInstance(), "lab-3"))
        .containsExactly(all.get(3));
  }

  @Test
  void an_instance_goes_to_a_host_that_allows_what_it_asks_for(@TempDir Path data)
      throws Exception {
    var small = processes(data, "small", 1, 64);
    var large = processes(data, "large", 1, 256);
    var mixed = new Placement(new HostDirectory(List.of(small, large)), _ -> false);

    for (int i = 0; i < 20; i++) {
      assertThat(mixed.forStart(withDisk(100), Ids.newInstance(), Ids.newOperation(), null))
          .isEqualTo(new At(large));
    }
  }

  @Test
  void a_full_host_says_so_though_one_that_allows_less_has_room(@TempDir Path data)
      throws Exception {
    var mixed =
        new Placement(
            new HostDirectory(
                List.of(processes(data, "small", 1, 64), processes(data, "none", 0, 256))),
            _ -> false);

    assertThat(mixed.forStart(withDisk(100), Ids.newInstance(), "op_x", null))
        .isEqualTo(new Nowhere("hosts of region sim-1 that can take it are full (0 of 0)"));
  }

  @Test
  void where_no_host_allows_what_is_asked_for_one_says_why(@TempDir Path data) throws Exception {
    var small = processes(data, "small", 1, 64);

    assertThat(
            new Placement(new HostDirectory(List.of(small)), _ -> false)
                .forStart(withDisk(100), Ids.newInstance(), "op_x", null))
        .isEqualTo(new At(small));
  }

  @Test
  void an_instance_without_an_image_goes_to_no_docker_host_while_another_has_room(
      @TempDir Path data) throws Exception {
    var box = away(data, "a-box");
    var plain = processes(data, "plain", 5, 256);
    var mixed = new Placement(new HostDirectory(List.of(box, plain)), _ -> false);

    assertThat(mixed.forStart(BOT, Ids.newInstance(), Ids.newOperation(), null))
        .isEqualTo(new At(plain));
  }

  @Test
  void a_host_that_is_away_keeps_nobody_from_the_instances_of_others(@TempDir Path data)
      throws Exception {
    var plain = processes(data, "plain", 5, 256);
    var mixed = new Placement(new HostDirectory(List.of(away(data, "a-box"), plain)), _ -> false);

    assertThat(mixed.everywhere("sim-1", Ids.newInstance(), "plain")).containsExactly(plain);
    assertThat(mixed.everywhere("sim-1", Ids.newInstance(), null)).hasSize(2);
  }

  @Test
  void what_may_have_been_started_on_a_host_that_is_away_is_started_on_no_other(
      @TempDir Path data) {
    var boxes = List.of(away(data, "a-box"), away(data, "b-box"));
    var placed = new Placement(new HostDirectory(boxes), _ -> false);
    var spec =
        new InstanceSpec(
            "bot", "sim-1", "image", List.of(), Map.of(), null, null, RestartPolicy.NEVER);

    assertThatThrownBy(() -> placed.forStart(spec, Ids.newInstance(), "op_x", null))
        .isInstanceOf(HostFaultException.class)
        .hasMessage("host a-box does not work, and may hold it");
  }

  private static Host away(Path data, String name) {
    var url = "unix://" + data.resolve("no.sock");
    var driver = new DockerDriver(name, 5, url, HostLimits.NONE, Duration.ZERO);
    return new Host(name, "sim-1", "docker", 5, driver);
  }

  private static InstanceSpec withDisk(int megabytes) {
    return new InstanceSpec(
        "bot",
        "sim-1",
        null,
        List.of(),
        Map.of(),
        null,
        null,
        megabytes,
        null,
        null,
        RestartPolicy.NEVER,
        null);
  }

  private static Host processes(Path data, String name, int capacity, int maximumDisk)
      throws Exception {
    var limits = new HostLimits(Limits.NONE, new Limits(null, null, maximumDisk, null));
    var driver =
        new ProcessDriver(name, capacity, data.resolve(name), UserIds.DEFAULT, data, limits);
    return new Host(name, "sim-1", "process", capacity, driver);
  }

  private Host place(String instanceId, String operationId) throws Exception {
    return place(placement, instanceId, operationId);
  }

  private static Host place(Placement among, String instanceId, String operationId)
      throws Exception {
    var spot = among.forStart(BOT, instanceId, operationId, null);
    assertThat(spot).isInstanceOf(At.class);
    var host = ((At) spot).host();
    host.driver().perform(new Task(instanceId, operationId, 1, new Action.Start(BOT)));
    return host;
  }

  private static Host host(String name, String region, int capacity) {
    var driver = new SimulatedDriver(new SimulatedHost(name, capacity, Duration.ZERO, 0));
    return new Host(name, region, "simulated", capacity, driver);
  }
}
