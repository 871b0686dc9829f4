package dev.muster.worker.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.Limits;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.mock.env.MockEnvironment;

class ConfiguredHostsTest {

  @TempDir Path data;
  private final MockEnvironment environment = new MockEnvironment();

  @Test
  void without_a_word_this_machine_is_the_one_host() {
    var hosts = ConfiguredHosts.open(environment, data);

    assertThat(hosts.all()).hasSize(1);
    var local = hosts.all().getFirst();
    assertThat(local.name()).isEqualTo("local");
    assertThat(local.region()).isEqualTo("us-east-1");
    assertThat(local.kind()).isEqualTo("process");
    assertThat(local.capacity()).isEqualTo(100);
    assertThat(data.resolve("local")).isDirectory();
  }

  @Test
  void the_default_region_is_the_platforms() {
    environment.setProperty("muster.default-region", "eu-west-1");

    assertThat(ConfiguredHosts.open(environment, data).regions()).containsExactly("eu-west-1");
  }

  @Test
  void hosts_are_as_configured() {
    host(0, "lab", "simulated");
    environment
        .withProperty("muster.hosts[0].region", "sim-1")
        .withProperty("muster.hosts[0].capacity", "100000")
        .withProperty("muster.hosts[0].action-latency", "200ms")
        .withProperty("muster.hosts[0].failure-rate", "0.01");
    host(1, "local", "process");

    var hosts = ConfiguredHosts.open(environment, data);

    assertThat(hosts.regions()).containsExactly("sim-1", "us-east-1");
    assertThat(hosts.in("sim-1").getFirst().capacity()).isEqualTo(100_000);
  }

  @Test
  void instances_with_users_of_their_own_pass_a_folder_of_hosts_that_was_closed() throws Exception {
    var isRoot = Files.getAttribute(Path.of("/proc/self/stat"), "unix:uid").equals(0);
    assumeTrue(isRoot, "only root has users for them");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
    var closed = Files.createDirectory(data.resolve("hosts"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

    var local = ConfiguredHosts.open(environment, closed).all().getFirst();

    assertThat(local.driver().features().isolation().kind()).isEqualTo("user");
    assertThat(Files.getPosixFilePermissions(closed))
        .isEqualTo(PosixFilePermissions.fromString("rwx-----x"));
  }

  @Test
  void limits_of_a_host_are_its_own() {
    host(0, "small", "process");
    environment
        .withProperty("muster.hosts[0].defaults.cpus", "0.5")
        .withProperty("muster.hosts[0].maximum.memory-mb", "256")
        .withProperty("muster.hosts[0].maximum.pids", "100");
    host(1, "large", "process");

    var hosts = ConfiguredHosts.open(environment, data).all();

    assertThat(hosts.getLast().driver().features().maximum())
        .isEqualTo(new Limits(null, 256, null, 100));
    assertThat(hosts.getFirst().driver().features().maximum()).isEqualTo(Limits.NONE);
  }

  @Test
  void an_instance_has_as_long_to_end_as_its_host_says() throws Exception {
    host(0, "short", "process");
    environment.withProperty("muster.hosts[0].stop-timeout", "100ms");
    var driver = ConfiguredHosts.open(environment, data).all().getFirst().driver();
    var instance = Ids.newInstance();
    var spec =
        new InstanceSpec(
            "slow",
            "us-east-1",
            null,
            List.of(
                "sh",
                "-c",
                "save() { for i in $(seq 100); do sleep 0.05; done; echo saved; exit; };"
                    + " trap save TERM; echo ready; while :; do sleep 0.05; done"),
            Map.of(),
            null,
            null,
            RestartPolicy.NEVER);
    driver.perform(new Task(instance, "op_1", 1, new Action.Start(spec)));
    await().until(() -> driver.output().orElseThrow().printing().contains(instance));

    driver.perform(new Task(instance, "op_2", 2, new Action.Clear()));

    var printed = driver.output().orElseThrow().untaken(instance, 100).orElseThrow().bytes();
    driver.perform(new Task(instance, "op_3", 3, new Action.Remove()));
    assertThat(printed).asString().startsWith("ready\n").doesNotContain("saved");
  }

  @Test
  void every_mistake_is_named_at_once() {
    host(0, "a b", "process");
    host(1, "box", "vmware");
    host(2, "box", "docker");
    host(3, "local", "process");
    environment
        .withProperty("muster.hosts[2].capacity", "0")
        .withProperty("muster.hosts[2].maximum.disk-mb", "10")
        .withProperty("muster.hosts[3].url", "unix:///x")
        .withProperty("muster.hosts[2].failure-rate", "2")
        .withProperty("muster.hosts[1].defaults.memory-mb", "512")
        .withProperty("muster.hosts[1].maximum.memory-mb", "256")
        .withProperty("muster.hosts[2].maximum.cpus", "0")
        .withProperty("muster.hosts[2].action-latency", "-1s")
        .withProperty("muster.hosts[2].stop-timeout", "11m")
        .withProperty("muster.hosts[2].region", "Mars!");

    assertThatThrownBy(() -> ConfiguredHosts.open(environment, data))
        .hasMessageContainingAll(
            "muster.hosts[0].name is 'a b'",
            "muster.hosts[1].driver is 'vmware'; it takes process, docker or simulated",
            "muster.hosts[2].name 'box' is taken",
            "muster.hosts[2].url is missing; it takes unix:///var/run/docker.sock or"
                + " tcp://HOST:PORT",
            "muster.hosts[2].maximum.disk-mb is 10; docker hosts have no such limit",
            "muster.hosts[3].url is 'unix:///x'; only hosts with the driver docker have one",
            "muster.hosts[2].capacity is 0",
            "muster.hosts[2].failure-rate is 2.0",
            "muster.hosts[1].defaults: memory_mb 512 is over 256, the maximum",
            "muster.hosts[2].maximum.cpus is 0.0; it takes more than 0",
            "muster.hosts[2].action-latency is PT-1S",
            "muster.hosts[2].stop-timeout is PT11M; it takes 0s to PT10M",
            "muster.hosts[2].region is 'Mars!'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/var/run/docker.sock",
        "unix://var/run/docker.sock",
        "unix:///",
        "tcp://box",
        "tcp://box:0",
        "tcp://box:2375/v1",
        "http://box:2375",
        "box",
        "unix:// /x"
      })
  void what_is_no_address_of_an_engine_is_refused(String url) {
    host(0, "box", "docker");
    environment.setProperty("muster.hosts[0].url", url);

    assertThatThrownBy(() -> ConfiguredHosts.open(environment, data))
        .hasMessageContaining("muster.hosts[0].url is '%s'; it takes unix://", url);
  }

  @Test
  void a_docker_host_is_there_while_its_engine_is_away() {
    host(0, "box", "docker");
    environment.setProperty("muster.hosts[0].url", "unix://" + data.resolve("no.sock"));

    var box = ConfiguredHosts.open(environment, data).all().getFirst();

    assertThat(box.kind()).isEqualTo("docker");
    assertThat(box.driver().features().capabilities())
        .containsExactlyInAnyOrder("image", "cpus", "memory_mb", "pids");
    assertThatThrownBy(() -> box.driver().observe())
        .isInstanceOf(HostFaultException.class)
        .hasMessageContainingAll("the Docker Engine of host box at", "does not answer");
  }

  @Test
  void a_setting_that_does_not_exist_is_named() {
    host(0, "local", "process");
    environment.setProperty("muster.hosts[0].capcity", "5");

    assertThatThrownBy(() -> ConfiguredHosts.open(environment, data))
        .isInstanceOf(BindException.class)
        .hasStackTraceContaining("capcity");
  }

  private void host(int index, String name, String driver) {
    environment
        .withProperty("muster.hosts[%d].name".formatted(index), name)
        .withProperty("muster.hosts[%d].driver".formatted(index), driver);
  }
}
