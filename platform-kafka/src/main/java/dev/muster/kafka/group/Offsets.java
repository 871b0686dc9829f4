package dev.muster.kafka.group;

import java.time.Instant;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How far one partition is done: everything below the lowest unfinished record. */
final class Offsets {

  /** How often a wait looks whether its end was moved. */
  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(100);

  /** Offsets, with the time when the record was written. */
  private final TreeMap<Long, Long> unfinished = new TreeMap<>();

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

  /**
   * @param writtenAt milliseconds since 1970
   */
  synchronized void take(long offset, long writtenAt) {
    unfinished.put(offset, writtenAt);
    next = offset + 1;
  }

  /** There is nothing to do before that offset but what was taken. */
  synchronized void pass(long offset) {
    next = Math.max(next, offset);
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

  /** Waits until nothing runs, or the time, which may change meanwhile, is over. */
  synchronized void awaitIdle(LongSupplier deadlineNanos) throws InterruptedException {
    for (long left = 1; running > 0 && left > 0; ) {
      left = deadlineNanos.getAsLong() - System.nanoTime();
      TimeUnit.NANOSECONDS.timedWait(this, Math.clamp(left, 1, LOOK));
    }
  }

  synchronized boolean isIdle() {
    return running == 0;
  }

  synchronized PartitionProgress progress(long readNext) {
    var oldest = unfinished.firstEntry();
    return new PartitionProgress(
        readNext,
        unfinished.size(),
        oldest == null ? null : Instant.ofEpochMilli(oldest.getValue()));
  }

  /** Where a restart would have to read on. */
  synchronized long lowestUnfinished() {
    return unfinished.isEmpty() ? next : unfinished.firstKey();
  }

  synchronized boolean advanced() {
    return lowestUnfinished() > committed;
  }

  synchronized void committed(long offset) {
    committed = Math.max(committed, offset);
  }
}
