package dev.muster.worker.host;

import static java.util.Objects.requireNonNull;

import dev.muster.worker.driver.HostDriver;
import dev.muster.worker.driver.HostLimits;
import dev.muster.worker.driver.docker.DockerDriver;
import dev.muster.worker.driver.process.ProcessDriver;
import dev.muster.worker.driver.process.UserIds;
import dev.muster.worker.driver.simulated.SimulatedDriver;
import dev.muster.worker.driver.simulated.SimulatedHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/** Turns {@code muster.hosts} into hosts that can be worked on. */
public final class ConfiguredHosts {

  private static final Logger log = LoggerFactory.getLogger(ConfiguredHosts.class);

  private ConfiguredHosts() {}

  /**
   * @param data where process hosts keep their instances, each host in a folder of its name
   * @throws IllegalStateException that names everything that is wrong with the configuration
   */
  public static HostDirectory open(Environment environment, Path data) {
    var checked = check(environment);
    var ids = userIds(environment);
    var hidden = Path.of(environment.getProperty("muster.data", "data"));
    var hosts = new ArrayList<Host>();
    for (var settings : checked.entries()) {
      hosts.add(open(settings, data, ids, hidden));
    }
    hosts.forEach(ConfiguredHosts::warn);
    return new HostDirectory(hosts);
  }

  /**
   * Opens nothing.
   *
   * @throws IllegalStateException that names everything that is wrong with the configuration
   */
  public static void verify(Environment environment) {
    check(environment);
  }

  private static HostSettings.Checked check(Environment environment) {
    var checked = WorkerRegions.choose(environment, HostSettings.read(environment));
    if (!checked.problems().isEmpty()) {
      throw new IllegalStateException(
          "the hosts are not configured well: " + String.join("; ", checked.problems()));
    }
    userIds(environment);
    return checked;
  }

  private static UserIds userIds(Environment environment) {
    var ids = UserIds.parse(environment.getProperty("muster.hosts-uids", UserIds.DEFAULT.text()));
    ids.overlap()
        .ifPresent(
            problem -> {
              throw new IllegalStateException(problem);
            });
    return ids;
  }

  private static void warn(Host host) {
    host.warnings().forEach(log::warn);
  }

  private static Host open(HostSettings settings, Path data, UserIds ids, Path hidden) {
    var name = requireNonNull(settings.name());
    var kind = requireNonNull(settings.driver());
    var capacity = requireNonNull(settings.capacity());
    HostDriver driver =
        switch (kind) {
          case "process" -> process(settings, data.resolve(name), ids, hidden);
          case "docker" -> docker(name, capacity, settings);
          case "simulated" -> simulated(name, capacity, settings);
          case String other -> throw new IllegalStateException("no driver " + other);
        };
    return new Host(name, requireNonNull(settings.region()), kind, capacity, driver);
  }

  private static HostDriver process(HostSettings settings, Path folder, UserIds ids, Path hidden) {
    var name = requireNonNull(settings.name());
    try {
      ProcessDriver.letInstancesPass(folder.resolveSibling(""));
      return new ProcessDriver(
          name,
          requireNonNull(settings.capacity()),
          folder,
          ids,
          hidden,
          limits(settings),
          requireNonNull(settings.stopTimeout()));
    } catch (IOException e) {
      throw new IllegalStateException(
          "host %s cannot use its folder %s: %s".formatted(name, folder, e), e);
    }
  }

  private static HostDriver docker(String name, int capacity, HostSettings settings) {
    return new DockerDriver(
        name,
        capacity,
        requireNonNull(settings.url()),
        limits(settings),
        requireNonNull(settings.stopTimeout()));
  }

  private static HostLimits limits(HostSettings settings) {
    return new HostLimits(requireNonNull(settings.defaults()), requireNonNull(settings.maximum()));
  }

  private static HostDriver simulated(String name, int capacity, HostSettings settings) {
    return new SimulatedDriver(
        new SimulatedHost(
            name,
            capacity,
            requireNonNull(settings.actionLatency()),
            requireNonNull(settings.failureRate())));
  }
}
