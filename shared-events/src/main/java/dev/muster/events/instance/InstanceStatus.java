package dev.muster.events.instance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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

  /** All of them as the API calls them, for a person to choose from. */
  public static String names() {
    return Arrays.stream(values()).map(InstanceStatus::toString).collect(Collectors.joining(", "));
  }

  @JsonCreator
  static InstanceStatus of(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no status '" + name + "'"));
  }
}
