package dev.muster.events.view;

import org.jspecify.annotations.Nullable;

/**
 * The health object of the API.
 *
 * @param lastHeartbeat Unix seconds
 */
public record HealthView(
    @Nullable Double cpuPercent,
    @Nullable Long memoryMb,
    @Nullable Long diskMb,
    @Nullable Long lastHeartbeat,
    @Nullable Long uptimeSecs) {

  /** Before the first heartbeat. */
  public static final HealthView NONE = new HealthView(null, null, null, null, null);
}
