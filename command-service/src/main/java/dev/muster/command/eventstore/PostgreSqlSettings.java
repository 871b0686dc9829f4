package dev.muster.command.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * Where the event store is. Bound from {@code muster.postgresql.*}.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param poolSize connections of one replica, beside the few that readers keep for themselves; 8
 *     when not given
 */
public record PostgreSqlSettings(
    String url, @Nullable String username, @Nullable String password, @Nullable Integer poolSize) {

  public PostgreSqlSettings {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "muster.postgresql.url is '%s'; it takes jdbc:postgresql://host:port/database"
              .formatted(url));
    }
    if (poolSize != null && (poolSize < 2 || poolSize > 200)) {
      throw new IllegalArgumentException(
          "muster.postgresql.pool-size is %d; it takes 2..200".formatted(poolSize));
    }
  }
}
