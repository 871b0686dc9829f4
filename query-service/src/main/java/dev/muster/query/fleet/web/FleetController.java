package dev.muster.query.fleet.web;

import dev.muster.query.fleet.Hosts;
import dev.muster.query.fleet.Workers;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What there is to run on, and who does the work. */
@RestController
final class FleetController {

  private final Workers workers;
  private final Hosts hosts;

  FleetController(Workers workers, Hosts hosts) {
    this.workers = workers;
    this.hosts = hosts;
  }

  @GetMapping("/api/workers")
  List<WorkerView> workers() {
    var now = Instant.now();
    return workers.seen(now).stream().map(report -> WorkerView.of(report, now)).toList();
  }

  @GetMapping("/api/hosts")
  List<HostView> hosts() {
    return hosts.all().stream().map(HostView::of).toList();
  }

  @GetMapping("/api/regions")
  List<RegionView> regions() {
    return RegionView.of(hosts.all());
  }
}
