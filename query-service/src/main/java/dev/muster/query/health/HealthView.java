package dev.muster.query.health;

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

  private static final long MICROS = 1_000_000;

  static HealthView of(HealthRow row) {
    return new HealthView(
        row.cpuPercent(),
        row.memoryMb(),
        row.diskMb(),
        Math.floorDiv(row.lastHeartbeatMicros(), MICROS),
        row.uptimeSecs());
  }
}
