package dev.muster.command.keyring;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** How far the events of keys and of operators have been published, as heard from their topic. */
@Component
public final class PublishedKeyPosition {

  private long newest = -1;

  synchronized void reached(long position) {
    newest = Math.max(newest, position);
    notifyAll();
  }

  /** Returns true once the event of that position was heard, false when it takes longer. */
  public synchronized boolean await(long position, Duration atMost) throws InterruptedException {
    var deadline = System.nanoTime() + atMost.toNanos();
    while (newest < position) {
      var left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
