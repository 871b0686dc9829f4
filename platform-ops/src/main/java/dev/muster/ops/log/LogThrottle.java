package dev.muster.ops.log;

import java.time.Duration;
import java.util.function.LongConsumer;

/** Writes a line at most once in a while: what strangers cause must not fill the log. */
public final class LogThrottle {

  private final long intervalNanos;
  private long writtenNanos;
  private long suppressed;

  /**
   * @param interval from one line to the next, at least
   */
  public LogThrottle(Duration interval) {
    this.intervalNanos = interval.toNanos();
    this.writtenNanos = System.nanoTime() - intervalNanos;
  }

  /**
   * @param line is given how many were suppressed since the one before
   */
  public synchronized void write(LongConsumer line) {
    var now = System.nanoTime();
    if (now - writtenNanos < intervalNanos) {
      suppressed++;
      return;
    }
    line.accept(suppressed);
    writtenNanos = now;
    suppressed = 0;
  }
}
