package dev.muster.query.health;

import dev.muster.events.health.HealthSample;
import dev.muster.events.view.HealthView;
import dev.muster.query.store.VersionedRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

  private static final long MICROS_PER_SECOND = 1_000_000;

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

  HealthView view() {
    return new HealthView(
        cpuPercent,
        memoryMb,
        diskMb,
        Math.floorDiv(lastHeartbeatMicros, MICROS_PER_SECOND),
        uptimeSecs);
  }
}
