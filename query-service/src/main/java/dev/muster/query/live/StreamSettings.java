package dev.muster.query.live;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * How many may follow the events, and how they see that the line is alive.
 *
 * @param atOnce streams of this replica, {@code muster.query.streams-at-once}
 * @param heartbeat after which silence a comment is sent, {@code muster.query.stream-heartbeat}
 */
public record StreamSettings(int atOnce, Duration heartbeat) {

  public StreamSettings {
    if (atOnce < 1 || atOnce > 7_000) {
      throw new IllegalArgumentException(
          "muster.query.streams-at-once is %d; it takes 1..7000".formatted(atOnce));
    }
    if (heartbeat.compareTo(Duration.ofSeconds(1)) < 0
        || heartbeat.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException(
          "muster.query.stream-heartbeat is %s; it takes 1s to 1m".formatted(heartbeat));
    }
  }

  public static StreamSettings read(Environment environment) {
    var binder = Binder.get(environment);
    return new StreamSettings(
        binder.bind("muster.query.streams-at-once", Integer.class).get(),
        binder.bind("muster.query.stream-heartbeat", Duration.class).get());
  }
}
