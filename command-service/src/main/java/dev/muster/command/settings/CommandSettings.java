package dev.muster.command.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What operators can set about commands. Bound from {@code muster.*}.
 *
 * @param defaultRegion where an instance runs when its creator names no region
 * @param operationDeadline how long a host has to do what it was asked
 * @param readWait how long an answer is held until the read side shows what it says
 * @param commandsAtOnce how many commands are worked on at the same time
 * @param recover whether events that the event store lacks are brought back from the topics
 */
public record CommandSettings(
    String defaultRegion,
    Duration operationDeadline,
    @DefaultValue("2s") Duration readWait,
    @DefaultValue("128") int commandsAtOnce,
    @DefaultValue("false") boolean recover) {

  public CommandSettings {
    if (defaultRegion.isBlank()) {
      throw new IllegalArgumentException("muster.default-region is empty");
    }
    if (operationDeadline.compareTo(Duration.ofSeconds(1)) < 0
        || operationDeadline.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "muster.operation-deadline is %s; it takes 1s..1h".formatted(operationDeadline));
    }
    if (readWait.isNegative() || readWait.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException(
          "muster.read-wait is %s; it takes 0s..1m".formatted(readWait));
    }
    if (commandsAtOnce < 1 || commandsAtOnce > 10_000) {
      throw new IllegalArgumentException(
          "muster.commands-at-once is %d; it takes 1..10000".formatted(commandsAtOnce));
    }
  }
}
