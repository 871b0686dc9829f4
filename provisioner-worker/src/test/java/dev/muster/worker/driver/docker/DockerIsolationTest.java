package dev.muster.worker.driver.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.events.instance.Limits;
import dev.muster.worker.driver.HostLimits;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an instance on a Docker host has, and what it cannot do; tried from inside. */
class DockerIsolationTest {

  private static TestEngine engine;

  private DockerHost host;

  @BeforeAll
  static void find_an_engine() {
    engine = TestEngine.open();
  }

  @BeforeEach
  void begin() {
    host = DockerHost.on(engine, new HostLimits(new Limits(0.5, 64, null, null), Limits.NONE));
  }

  @AfterEach
  void end() {
    host.close();
  }

  @Test
  void it_has_no_capabilities_gets_no_privileges_and_its_calls_are_filtered() throws Exception {
    host.run("sleep 600");

    var status =
        host.exec("grep -E '^(Cap...|NoNewPrivs|Seccomp):' /proc/self/status | tr '\\t' ' '");

    var none = "0000000000000000";
    assertThat(status)
        .contains("CapPrm: " + none, "CapEff: " + none, "CapBnd: " + none)
        .contains("NoNewPrivs: 1", "Seccomp: 2");
  }

  @Test
  void it_can_write_to_its_tmp_only() throws Exception {
    host.run("sleep 600");

    var tried =
        host.exec(
            "for f in /x /bin/x /etc/x /proc/sys/kernel/x; do touch $f && echo wrote $f; done;"
                + " touch /tmp/x && echo wrote /tmp/x");

    assertThat(tried.lines().filter(line -> line.startsWith("wrote")))
        .containsExactly("wrote /tmp/x");
    var mounts = engine.inspect(host.container()).path("Mounts");
    assertThat(mounts.size()).isZero();
  }

  @Test
  void it_is_held_to_the_defaults_of_its_host() throws Exception {
    host.run("sleep 600");

    var config = engine.inspect(host.container()).path("HostConfig");

    assertThat(config.path("Memory").asLong(0)).isEqualTo(64L << 20);
    assertThat(config.path("MemorySwap").asLong(0)).isEqualTo(64L << 20);
    assertThat(config.path("NanoCpus").asLong(0)).isEqualTo(500_000_000L);
    assertThat(config.path("PidsLimit").asLong(0)).isEqualTo(512);
  }

  @Test
  void it_cannot_start_more_processes_than_it_may() throws Exception {
    var few =
        DockerHost.spec(
            TestEngine.IMAGE, List.of("sleep", "600"), new Limits(null, null, null, 20));
    host.start(1, few);

    var forked =
        host.exec("for i in $(seq 40); do sleep 600 & done 2>&1; ls /proc | grep -c '^[0-9]'");

    assertThat(forked).contains("can't fork");
  }

  @Test
  void instances_of_a_host_do_not_reach_each_other() throws Exception {
    host.run("while :; do echo secret | nc -l -p 7777; done");
    var other = host.another();
    other.run("sleep 600");
    var address =
        engine
            .inspect(host.container())
            .path("NetworkSettings")
            .path("Networks")
            .path("muster." + host.name())
            .path("IPAddress")
            .asString("");
    var ask = "timeout 2 nc %s 7777 </dev/null; echo done".formatted(address);

    await().untilAsserted(() -> assertThat(host.exec(ask)).contains("secret"));
    assertThat(other.exec(ask)).contains("done").doesNotContain("secret");
  }
}
