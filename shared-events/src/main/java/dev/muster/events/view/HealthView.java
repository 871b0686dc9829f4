package dev.muster.events.view;

import org.jspecify.annotations.Nullable;

/**
 * The health object of the API.
 *
 * @param cpuPercent of one processor
 * @param memoryMb what it holds in memory
 * @param diskMb what it holds on disk
 * @param lastHeartbeat Unix seconds
 * @param uptimeSecs since it was started
 * @param stale whether this was before: the run that was looked at has ended, or no heartbeat came
 *     for a minute
 */
public record HealthView(
    @Nullable Double cpuPercent,
    @Nullable Long memoryMb,
    @Nullable Long diskMb,
    @Nullable Long lastHeartbeat,
    @Nullable Long uptimeSecs,
    @Nullable Boolean stale) {

  /** Before the first heartbeat. */
  public static final HealthView NONE = new HealthView(null, null, null, null, null, null);
}
