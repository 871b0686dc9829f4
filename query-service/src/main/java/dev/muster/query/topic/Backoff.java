package dev.muster.query.topic;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits that double from 100 ms up to a bound, each cut by up to half at random. */
public final class Backoff {

  private static final long FIRST_MILLIS = 100;

  private final long longestMillis;
  private int attempts;

  public Backoff(Duration longest) {
    this.longestMillis = longest.toMillis();
  }

  public Duration next() {
    var full = Math.min(longestMillis, FIRST_MILLIS << Math.min(attempts, 20));
    attempts++;
    return Duration.ofMillis(full - ThreadLocalRandom.current().nextLong(full / 2 + 1));
  }

  public void reset() {
    attempts = 0;
  }
}
