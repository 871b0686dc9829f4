package dev.muster.events.instance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where an instance is in its life. {@link Lifecycle} says what each status allows. */
public enum InstanceStatus {
  CREATING,
  RUNNING,
  PAUSED,
  ERROR,
  STOPPED;

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of that name in the API, or empty when there is none. */
  public static Optional<InstanceStatus> find(String name) {
    return Arrays.stream(values()).filter(status -> status.toString().equals(name)).findFirst();
  }

  @JsonCreator
  static InstanceStatus of(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no status '" + name + "'"));
  }
}
