package dev.muster.query.logs;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * How much of what instances print is kept, and how many may follow it.
 *
 * @param kept of each instance, of what it has printed, {@code muster.query.log-bytes}
 * @param followersAtOnce at this replica, {@code muster.query.log-followers-at-once}
 */
public record LogSettings(DataSize kept, int followersAtOnce) {

  private static final DataSize LEAST = DataSize.ofKilobytes(64);
  private static final DataSize MOST = DataSize.ofMegabytes(64);

  public LogSettings {
    if (kept.compareTo(LEAST) < 0 || kept.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "muster.query.log-bytes is %s; it takes 64KB to 64MB".formatted(kept));
    }
    if (followersAtOnce < 1 || followersAtOnce > 1_000) {
      throw new IllegalArgumentException(
          "muster.query.log-followers-at-once is %d; it takes 1..1000".formatted(followersAtOnce));
    }
  }

  public static LogSettings read(Environment environment) {
    var binder = Binder.get(environment);
    return new LogSettings(
        binder.bind("muster.query.log-bytes", DataSize.class).get(),
        binder.bind("muster.query.log-followers-at-once", Integer.class).get());
  }
}
