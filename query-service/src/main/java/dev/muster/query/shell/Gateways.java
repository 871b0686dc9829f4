package dev.muster.query.shell;

import dev.muster.events.worker.WorkerReport;
import dev.muster.query.fleet.AnnouncedHosts;
import dev.muster.query.fleet.WorkerReports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Knows by which worker an instance is reached. */
@Component
public final class Gateways {

  private final WorkerReports workers;
  private final AnnouncedHosts hosts;

  Gateways(WorkerReports workers, AnnouncedHosts hosts) {
    this.workers = workers;
    this.hosts = hosts;
  }

  /** Any live worker of the region that lets callers in; one that drains if there is no other. */
  public Optional<Gateway> of(String region) {
    var now = Instant.now();
    var alive = new ArrayList<>(workers.seen(now));
    Collections.shuffle(alive);
    return alive.stream()
        .filter(report -> WorkerReports.isAlive(report, now) && report.regions().contains(region))
        .sorted(Comparator.comparing(WorkerReport::draining))
        .flatMap(Gateways::gateway)
        .findFirst();
  }

  private static Stream<Gateway> gateway(WorkerReport report) {
    var address = report.shell();
    return address == null ? Stream.empty() : Stream.of(new Gateway(report.name(), address));
  }

  /** Whether that host only acts as one, and has nothing to look into. */
  public boolean isSimulated(@Nullable String host) {
    return host != null && hosts.driver(host).filter("simulated"::equals).isPresent();
  }
}
