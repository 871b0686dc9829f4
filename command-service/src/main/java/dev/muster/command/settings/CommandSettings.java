package dev.muster.command.settings;

import java.time.Duration;

/**
 * What operators can set about commands. Bound from {@code muster.*}.
 *
 * @param defaultRegion where an instance runs when its creator names no region
 * @param operationDeadline how long a host has to do what it was asked
 */
public record CommandSettings(String defaultRegion, Duration operationDeadline) {

  public CommandSettings {
    if (defaultRegion.isBlank()) {
      throw new IllegalArgumentException("muster.default-region is empty");
    }
    if (operationDeadline.compareTo(Duration.ofSeconds(1)) < 0
        || operationDeadline.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "muster.operation-deadline is %s; it takes 1s..1h".formatted(operationDeadline));
    }
  }
}
