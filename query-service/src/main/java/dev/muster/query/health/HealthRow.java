package dev.muster.query.health;

import dev.muster.events.health.HealthSample;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** The newest sample of an instance in the read store. */
@Document("health")
public record HealthRow(
    @Id String id,
    String runId,
    double cpuPercent,
    long memoryMb,
    long diskMb,
    long lastHeartbeatMicros,
    long uptimeSecs) {

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
}
