package dev.muster.events.instance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the platform restarts an instance that ended by itself. */
public enum RestartPolicy {
  NEVER,
  ON_FAILURE,
  ALWAYS;

  /**
   * Whether an instance that ended with this exit code is to be started again. An unknown code
   * ({@code null}) counts as a failure.
   */
  public boolean restartsAfter(@Nullable Integer exitCode) {
    return switch (this) {
      case NEVER -> false;
      case ON_FAILURE -> exitCode == null || exitCode != 0;
      case ALWAYS -> true;
    };
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The policy of that name in the API, or empty when there is none. */
  public static Optional<RestartPolicy> find(String name) {
    return Arrays.stream(values()).filter(policy -> policy.toString().equals(name)).findFirst();
  }

  @JsonCreator
  static RestartPolicy of(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no policy '" + name + "'"));
  }
}
