package dev.muster.events.health;

import java.time.Instant;

/**
 * One look at a live instance.
 *
 * @param runId the operation that started the run looked at
 * @param cpuPercent of one core, since the sample before (or the start)
 * @param memoryMb resident, MiB
 * @param diskMb what its own folder holds, MiB
 * @param lastHeartbeat when it was seen alive
 * @param uptimeSecs since the run started, whole seconds
 */
public record HealthSample(
    String instanceId,
    String runId,
    double cpuPercent,
    long memoryMb,
    long diskMb,
    Instant lastHeartbeat,
    long uptimeSecs) {}
