package dev.muster.worker.inbox;

import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** How far one partition is done: everything below the lowest unfinished record. */
final class Offsets {

  private final TreeSet<Long> unfinished = new TreeSet<>();
  private long next;
  private long committed;
  private int running;
  private boolean withdrawn;

  /**
   * @param first offset that is read
   */
  Offsets(long first) {
    this.next = first;
    this.committed = first;
  }

  synchronized void take(long offset) {
    unfinished.add(offset);
    next = offset + 1;
  }

  /** False when the partition is another worker's by now, and its work with it. */
  synchronized boolean begin() {
    if (withdrawn) {
      return false;
    }
    running++;
    return true;
  }

  /** The work that had begun is over; {@code offset} is done. */
  synchronized void finish(long offset) {
    unfinished.remove(offset);
    giveUp();
  }

  /** The work that had begun is over, and not done. */
  synchronized void giveUp() {
    running--;
    notifyAll();
  }

  /** There was nothing to do. */
  synchronized void skip(long offset) {
    unfinished.remove(offset);
  }

  /** Lets nothing begin any more. */
  synchronized void withdraw() {
    withdrawn = true;
  }

  /** Waits until nothing runs, or the time is over. */
  synchronized void awaitIdle(long deadlineNanos) throws InterruptedException {
    for (long left = 1; running > 0 && left > 0; ) {
      left = deadlineNanos - System.nanoTime();
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, left));
    }
  }

  /** Where a restart would have to read on. */
  synchronized long lowestUnfinished() {
    return unfinished.isEmpty() ? next : unfinished.first();
  }

  synchronized boolean advanced() {
    return lowestUnfinished() > committed;
  }

  synchronized void committed(long offset) {
    committed = Math.max(committed, offset);
  }
}
