package dev.muster.query.live;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Few read the past at the same time; the others wait for their turn. A turn ends after a while
 * when somebody waits, so that slow readers hold nobody up for long.
 */
@Component
final class ReplayLimiter {

  private static final int AT_ONCE = 4;
  private static final long LONG_NANOS = 20_000_000_000L;

  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  /** Whether it is the caller's turn now, who then has to {@link #leave}. */
  boolean await(Duration atMost) throws InterruptedException {
    return turns.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * @param begunNanos when the turn began
   */
  boolean isOver(long begunNanos) {
    return turns.hasQueuedThreads() && System.nanoTime() - begunNanos > LONG_NANOS;
  }

  void leave() {
    turns.release();
  }
}
