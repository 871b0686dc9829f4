package dev.muster.query.health;

import dev.muster.events.health.HealthSample;
import dev.muster.events.instance.Run;
import dev.muster.events.view.HealthView;
import dev.muster.query.store.VersionedRow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
    long uptimeSecs,
    @Nullable String host)
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
        sample.uptimeSecs(),
        sample.host());
  }

  /** Of two at the same time the other, which came later. */
  static HealthRow newer(HealthRow one, HealthRow other) {
    return other.lastHeartbeatMicros() >= one.lastHeartbeatMicros() ? other : one;
  }

  @Override
  public Criteria replaceable() {
    return Criteria.where("last_heartbeat_micros").lte(lastHeartbeatMicros);
  }

  /**
   * @param run what runs now, if anything does
   * @param heartbeats the newest of a host, by its name
   */
  HealthView view(
      @Nullable Run run, Function<String, Optional<HostHeartbeatRow>> heartbeats, Instant now) {
    var isCurrent = run != null && run.id().equals(runId);
    var aliveMicros = isCurrent ? aliveMicros(heartbeats) : lastHeartbeatMicros;
    var heartbeat = Instant.EPOCH.plus(aliveMicros, ChronoUnit.MICROS);
    return new HealthView(
        cpuPercent,
        memoryMb,
        diskMb,
        heartbeat.getEpochSecond(),
        uptimeSecs + TimeUnit.MICROSECONDS.toSeconds(aliveMicros - lastHeartbeatMicros),
        !isCurrent || heartbeat.plus(FRESH).isBefore(now));
  }

  // Who began to look after this sample was taken does not know the instance by it.
  private long aliveMicros(Function<String, Optional<HostHeartbeatRow>> heartbeats) {
    return Optional.ofNullable(host)
        .flatMap(heartbeats)
        .filter(ofHost -> ofHost.sinceMicros() <= lastHeartbeatMicros)
        .map(ofHost -> Math.max(lastHeartbeatMicros, ofHost.atMicros()))
        .orElse(lastHeartbeatMicros);
  }
}
