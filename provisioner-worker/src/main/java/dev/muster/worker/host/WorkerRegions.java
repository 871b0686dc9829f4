package dev.muster.worker.host;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** {@code muster.worker.regions}: which of the hosts' regions a worker serves; all when absent. */
final class WorkerRegions {

  private WorkerRegions() {}

  /** The hosts of those regions, and a mistake for each region without a host. */
  static HostSettings.Checked choose(Environment environment, HostSettings.Checked hosts) {
    var regions =
        Binder.get(environment)
            .bind("muster.worker.regions", Bindable.listOf(String.class))
            .orElse(List.of());
    if (regions.isEmpty()) {
      return hosts;
    }
    var served = new TreeSet<String>();
    hosts.entries().forEach(host -> served.add(String.valueOf(host.region())));
    var problems = new ArrayList<>(hosts.problems());
    regions.stream()
        .filter(region -> !served.contains(region))
        .forEach(region -> problems.add(withoutHost(region, served)));
    var chosen = hosts.entries().stream().filter(host -> regions.contains(host.region())).toList();
    return new HostSettings.Checked(chosen, problems);
  }

  private static String withoutHost(String region, TreeSet<String> served) {
    return "muster.worker.regions names '%s' and no host of muster.hosts is in it, they are in %s"
        .formatted(region, String.join(", ", served));
  }
}
