package dev.muster.command.eventstore;

import dev.muster.command.start.CannotStartException;
import dev.muster.command.start.RequiredSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.springframework.core.env.Environment;

/**
 * Where the event store is. Bound from {@code muster.postgresql.*}.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param poolSize connections of one replica, beside the few that readers keep for themselves; 8
 *     when not given
 * @param startWait how long a start waits for a server that is away; a minute when not given
 */
public record PostgreSqlSettings(
    String url,
    @Nullable String username,
    @Nullable String password,
    @Nullable Integer poolSize,
    @Nullable Duration startWait) {

  public PostgreSqlSettings {
    if (Driver.parseURL(url, null) == null) {
      throw new IllegalArgumentException(
          "muster.postgresql.url is '%s'; it takes jdbc:postgresql://host:port/database"
              .formatted(url));
    }
    if (poolSize != null && (poolSize < 2 || poolSize > 200)) {
      throw new IllegalArgumentException(
          "muster.postgresql.pool-size is %d; it takes 2..200".formatted(poolSize));
    }
    if (startWait != null && (startWait.isNegative() || startWait.toHours() >= 1)) {
      throw new IllegalArgumentException(
          "muster.postgresql.start-wait is %s; it takes 0s..1h".formatted(startWait));
    }
  }

  /**
   * @throws CannotStartException when they are missing or senseless
   */
  public static PostgreSqlSettings of(Environment environment) {
    return RequiredSettings.read(
        environment, "muster.postgresql", PostgreSqlSettings.class, "muster.postgresql.url");
  }

  /** The URL as far as it may be shown: its parameters may be secrets. */
  String shownUrl() {
    return url.replaceFirst("\\?.*", "");
  }
}
