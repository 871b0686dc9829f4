package dev.muster.command.topic;

import java.util.TreeSet;

/** What was taken of one partition and is not handled yet. */
final class PartitionInFlight {

  private final TreeSet<Long> unfinished = new TreeSet<>();
  private long next;
  private long committed = -1;
  private boolean given;

  synchronized void take(long offset) {
    unfinished.add(offset);
    next = offset + 1;
  }

  /** There is nothing to handle before that offset but what was taken. */
  synchronized void pass(long offset) {
    next = Math.max(next, offset);
  }

  synchronized void finish(long offset) {
    unfinished.remove(offset);
  }

  /** Nothing of it is to be begun any more: the partition is another member's now. */
  synchronized void give() {
    given = true;
  }

  synchronized boolean isGiven() {
    return given;
  }

  /** Everything before this offset is handled. */
  synchronized long handled() {
    return unfinished.isEmpty() ? next : unfinished.first();
  }

  synchronized boolean isToCommit() {
    return handled() > committed;
  }

  synchronized void commit(long offset) {
    committed = offset;
  }
}
