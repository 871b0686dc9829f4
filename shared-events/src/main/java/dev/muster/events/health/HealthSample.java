package dev.muster.events.health;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One look at a live instance.
 *
 * @param runId the operation that started the run looked at
 * @param cpuPercent of one core, since the sample before (or the start)
 * @param memoryMb resident, MiB
 * @param diskMb what its own folder holds, MiB
 * @param lastHeartbeat when it was seen alive
 * @param uptimeSecs since the run started, whole seconds
 * @param host whose later {@linkplain HostHeartbeat heartbeats} count for the instance too; null
 *     when this was the last look, and in samples of earlier versions
 */
public record HealthSample(
    String instanceId,
    String runId,
    double cpuPercent,
    long memoryMb,
    long diskMb,
    Instant lastHeartbeat,
    long uptimeSecs,
    @Nullable String host)
    implements HealthReport {

  public HealthSample(
      String instanceId,
      String runId,
      double cpuPercent,
      long memoryMb,
      long diskMb,
      Instant lastHeartbeat,
      long uptimeSecs) {
    this(instanceId, runId, cpuPercent, memoryMb, diskMb, lastHeartbeat, uptimeSecs, null);
  }

  /** The same, of an instance that the host goes on looking at; null when it does not. */
  public HealthSample withHost(@Nullable String watching) {
    return new HealthSample(
        instanceId, runId, cpuPercent, memoryMb, diskMb, lastHeartbeat, uptimeSecs, watching);
  }

  /** The same, of an instance that was seen alive at that time too, if that is later. */
  public HealthSample seenAgain(Instant at) {
    if (!at.isAfter(lastHeartbeat)) {
      return this;
    }
    var uptime = uptimeSecs + Duration.between(lastHeartbeat, at).toSeconds();
    return new HealthSample(instanceId, runId, cpuPercent, memoryMb, diskMb, at, uptime, host);
  }
}
