package dev.muster.command.background;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to leave a part alone that does not answer: longer each time, never the same. */
public final class Pause {

  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Duration next = FIRST;

  /** After a success the next failure is met with a short pause again. */
  public void reset() {
    next = FIRST;
  }

  /** Whether nothing has failed since the last success. */
  boolean isFirst() {
    return next.equals(FIRST);
  }

  public void take() throws InterruptedException {
    var millis = next.toMillis();
    Thread.sleep(ThreadLocalRandom.current().nextLong(millis / 2, millis));
    next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
  }
}
