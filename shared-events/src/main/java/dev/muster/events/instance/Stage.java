package dev.muster.events.instance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/**
 * How far an instance is in its life. It tells the two that have the status {@code stopped} apart:
 * one that has completed can be restarted, a deleted one cannot.
 */
public enum Stage {
  CREATING(InstanceStatus.CREATING),
  RUNNING(InstanceStatus.RUNNING),
  PAUSED(InstanceStatus.PAUSED),
  ERROR(InstanceStatus.ERROR),
  COMPLETED(InstanceStatus.STOPPED),
  DELETED(InstanceStatus.STOPPED);

  private final InstanceStatus status;

  Stage(InstanceStatus status) {
    this.status = status;
  }

  /** What the API shows of it. */
  public InstanceStatus status() {
    return status;
  }

  /**
   * Its name in stored states. A deleted instance keeps the name that it had when nothing else
   * stopped one.
   */
  @JsonValue
  public String stored() {
    return this == DELETED ? "stopped" : name().toLowerCase(Locale.ROOT);
  }

  /** For a person: the status, and whether the instance is deleted. */
  @Override
  public String toString() {
    return this == DELETED ? status + " (deleted)" : status.toString();
  }

  @JsonCreator
  static Stage of(String stored) {
    return Arrays.stream(values())
        .filter(stage -> stage.stored().equals(stored))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no stage '" + stored + "'"));
  }
}
