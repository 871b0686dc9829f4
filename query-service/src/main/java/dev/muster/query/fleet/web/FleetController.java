package dev.muster.query.fleet.web;

import dev.muster.query.fleet.AnnouncedHosts;
import dev.muster.query.fleet.WorkerReports;
import dev.muster.web.contract.Answers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What there is to run on, and who does the work. */
@RestController
@Tag(name = "fleet")
final class FleetController {

  private final WorkerReports workers;
  private final AnnouncedHosts hosts;

  FleetController(WorkerReports workers, AnnouncedHosts hosts) {
    this.workers = workers;
    this.hosts = hosts;
  }

  /** Lists workers: who does the work, and how far behind they are. */
  @GetMapping("/api/workers")
  @Operation(operationId = "listWorkers")
  @Answers
  List<WorkerView> workers() {
    var now = Instant.now();
    return workers.seen(now).stream().map(report -> WorkerView.of(report, now)).toList();
  }

  /** Lists hosts: what there is to run on. */
  @GetMapping("/api/hosts")
  @Operation(operationId = "listHosts")
  @Answers
  List<HostView> hosts() {
    var now = Instant.now();
    return hosts.seen(now).stream()
        .map(host -> HostView.of(host, !workers.alive(host.region(), now).isEmpty(), now))
        .toList();
  }

  /** Lists the regions that hosts serve, and how many workers act for each. */
  @GetMapping("/api/regions")
  @Operation(operationId = "listRegions")
  @Answers
  List<RegionView> regions() {
    var now = Instant.now();
    return RegionView.of(
        hosts.seen(now),
        region -> workers.alive(region, now).stream().filter(w -> !w.draining()).count());
  }
}
