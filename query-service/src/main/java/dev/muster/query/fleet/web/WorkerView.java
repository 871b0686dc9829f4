package dev.muster.query.fleet.web;

import dev.muster.events.view.Rfc3339;
import dev.muster.events.worker.WorkerReport;
import dev.muster.query.fleet.Workers;
import java.time.Instant;
import java.util.List;

/**
 * A worker of the API.
 *
 * @param partitions how many of the event topic it holds
 * @param startedAt RFC 3339, like {@code lastSeen}
 */
record WorkerView(
    String name,
    String version,
    List<String> regions,
    int partitions,
    int tasksInHand,
    long lagEvents,
    double lagSeconds,
    boolean draining,
    String startedAt,
    String lastSeen,
    boolean alive) {

  static WorkerView of(WorkerReport report, Instant now) {
    return new WorkerView(
        report.name(),
        report.version(),
        report.regions(),
        report.partitions(),
        report.tasksInHand(),
        report.lagEvents(),
        report.lagSeconds(),
        report.draining(),
        Rfc3339.of(report.startedAt()),
        Rfc3339.of(report.at()),
        Workers.isAlive(report, now));
  }
}
