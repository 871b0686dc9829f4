package dev.muster.worker.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.instance.InstanceSpec;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.HostLimits;
import dev.muster.worker.driver.ShellRequest;
import dev.muster.worker.driver.ShellResult.NoShell;
import dev.muster.worker.driver.Task;
import dev.muster.worker.driver.docker.DockerDriver;
import dev.muster.worker.driver.simulated.SimulatedDriver;
import dev.muster.worker.driver.simulated.SimulatedHost;
import dev.muster.worker.host.Host;
import dev.muster.worker.host.HostDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShellLimiterTest {

  @Test
  void a_host_without_shells_is_said_to_have_none() throws Exception {
    var driver = new SimulatedDriver(new SimulatedHost("lab", 1, Duration.ZERO, 0));
    driver.perform(new Task("inst_1", "op_1", 1, new Action.Start(InstanceSpec.bot("bot", "r"))));
    var host = new Host("lab", "r", "simulated", 1, driver);
    var limiter = new ShellLimiter(new HostDirectory(List.of(host)), 1);

    var result = limiter.open("inst_1", new ShellRequest(Optional.empty(), Optional.empty()));

    assertThat(result).isEqualTo(new NoShell("a simulated host has no shell"));
  }

  @Test
  void a_host_that_is_away_keeps_nobody_from_the_instances_of_others() throws Exception {
    var driver = new SimulatedDriver(new SimulatedHost("lab", 1, Duration.ZERO, 0));
    driver.perform(new Task("inst_1", "op_1", 1, new Action.Start(InstanceSpec.bot("bot", "r"))));
    var away = new DockerDriver("a", 1, "unix:///no.sock", HostLimits.NONE, Duration.ZERO);
    var hosts =
        List.of(
            new Host("a", "r", "docker", 1, away), new Host("lab", "r", "simulated", 1, driver));
    var limiter = new ShellLimiter(new HostDirectory(hosts), 1);
    var request = new ShellRequest(Optional.empty(), Optional.empty());

    assertThat(limiter.open("inst_1", request))
        .isEqualTo(new NoShell("a simulated host has no shell"));
    assertThat(((NoShell) limiter.open("inst_2", request)).reason())
        .contains("the Docker Engine of host a at unix:///no.sock does not answer");
  }
}
