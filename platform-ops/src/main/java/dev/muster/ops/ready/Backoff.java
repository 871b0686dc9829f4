package dev.muster.ops.ready;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to leave a part alone that does not answer: twice as long each time up to a bound, and
 * cut by up to half at random, so that those who wait for the same part do not come back together.
 * For one thread.
 */
public final class Backoff {

  private final Duration first;
  private final Duration longest;
  private Duration full;

  public Backoff(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.full = first;
  }

  /** About the same each time. */
  public static Backoff steady(Duration longest) {
    return new Backoff(longest, longest);
  }

  /** The next wait; the one after it is longer. */
  public Duration next() {
    var wait = full.minusNanos(ThreadLocalRandom.current().nextLong(full.toNanos() / 2 + 1));
    var doubled = full.multipliedBy(2);
    full = doubled.compareTo(longest) > 0 ? longest : doubled;
    return wait;
  }

  /** Waits. */
  public void pause() throws InterruptedException {
    Thread.sleep(next());
  }

  /** Whether nothing has failed since the last success. */
  public boolean isFirst() {
    return full.equals(first);
  }

  /** After a success the next failure is met with a short wait again. */
  public void reset() {
    full = first;
  }
}
