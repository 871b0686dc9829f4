package dev.muster.query.health;

import dev.muster.events.health.HealthSample;
import dev.muster.events.instance.Run;
import dev.muster.events.view.HealthView;
import dev.muster.query.store.VersionedRow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Criteria;

/** The newest sample of an instance in the read store. */
@Document("health")
public record HealthRow(
    @Id String id,
    String runId,
    double cpuPercent,
    long memoryMb,
    long diskMb,
    long lastHeartbeatMicros,
    long uptimeSecs)
    implements VersionedRow {

  /** Some samples at the usual interval of 10 s. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  static HealthRow of(HealthSample sample) {
    return new HealthRow(
        sample.instanceId(),
        sample.runId(),
        sample.cpuPercent(),
        sample.memoryMb(),
        sample.diskMb(),
        ChronoUnit.MICROS.between(Instant.EPOCH, sample.lastHeartbeat()),
        sample.uptimeSecs());
  }

  @Override
  public Criteria replaceable() {
    return Criteria.where("last_heartbeat_micros").lte(lastHeartbeatMicros);
  }

  /**
   * @param run what runs now, if anything does
   */
  HealthView view(@Nullable Run run, Instant now) {
    var heartbeat = Instant.EPOCH.plus(lastHeartbeatMicros, ChronoUnit.MICROS);
    return new HealthView(
        cpuPercent,
        memoryMb,
        diskMb,
        heartbeat.getEpochSecond(),
        uptimeSecs,
        run == null || !run.id().equals(runId) || heartbeat.plus(FRESH).isBefore(now));
  }
}
