package dev.muster.web.problem;

import java.time.Duration;
import java.util.function.LongConsumer;

/** Says the same kind of thing once in a while, and how often it was not said meanwhile. */
final class Sparingly {

  private final long restNanos;
  private long saidNanos;
  private long unsaid;

  Sparingly(Duration rest) {
    this.restNanos = rest.toNanos();
    this.saidNanos = System.nanoTime() - restNanos;
  }

  /**
   * @param saying is given how often nothing was said since it was called last
   */
  synchronized void say(LongConsumer saying) {
    var now = System.nanoTime();
    if (now - saidNanos < restNanos) {
      unsaid++;
      return;
    }
    saying.accept(unsaid);
    saidNanos = now;
    unsaid = 0;
  }
}
