package dev.muster.worker.ssh;

import java.time.Duration;
import java.util.function.LongConsumer;

/** Keeps strangers from filling the log. */
final class OncePerSecond {

  private static final long REST_NANOS = Duration.ofSeconds(1).toNanos();

  private long saidNanos = System.nanoTime() - REST_NANOS;
  private long unsaid;

  /**
   * @param saying is given how often nothing was said since it was called last
   */
  synchronized void say(LongConsumer saying) {
    var now = System.nanoTime();
    if (now - saidNanos < REST_NANOS) {
      unsaid++;
      return;
    }
    saying.accept(unsaid);
    saidNanos = now;
    unsaid = 0;
  }
}
