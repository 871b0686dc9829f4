package dev.muster.query.fleet.web;

import dev.muster.events.view.Rfc3339;
import dev.muster.events.worker.WorkerReport;
import dev.muster.query.fleet.WorkerReports;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker, as it last reported.
 *
 * @param partitions how many of the event topic it holds
 * @param tasksInHand how many it is doing now
 * @param lagEvents how many events it has yet to read
 * @param lagSeconds how old the oldest of them is
 * @param draining whether it takes nothing new
 * @param startedAt RFC 3339, as all times here
 * @param lastSeen by the broker's clock
 * @param alive whether it has reported lately
 * @param clockSkewMs by how much its own clock is ahead of the broker's; null when not known
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
    @Schema(format = "date-time") String startedAt,
    @Schema(format = "date-time") String lastSeen,
    boolean alive,
    @Nullable Long clockSkewMs) {

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
        WorkerReports.isAlive(report, now),
        report.clockSkewMs());
  }
}
