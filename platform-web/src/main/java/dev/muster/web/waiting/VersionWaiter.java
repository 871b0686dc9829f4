package dev.muster.web.waiting;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One caller's wait for something to reach a version. To be closed when it is over. */
public final class VersionWaiter implements AutoCloseable {

  private final String id;
  private final VersionWaiters waiters;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long version;
  private long stored;

  VersionWaiter(String id, VersionWaiters waiters) {
    this.id = id;
    this.waiters = waiters;
  }

  /** What is waited for. */
  public String id() {
    return id;
  }

  /**
   * Waits until that version or a later one is heard of.
   *
   * @return the version heard of last; lower than asked for when the wait was too short
   */
  public long await(long atLeast, Duration atMost) throws InterruptedException {
    var until = System.nanoTime() + atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (version < atLeast && nanosLeft(until) > 0) {
        var unused = changed.awaitNanos(nanosLeft(until));
      }
      return version;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until that version or a later one is stored, be it that nobody can read it yet. */
  public void awaitStored(long atLeast, Duration atMost) throws InterruptedException {
    var until = System.nanoTime() + atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (Math.max(version, stored) < atLeast && nanosLeft(until) > 0) {
        var unused = changed.awaitNanos(nanosLeft(until));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether the service stops, and nobody is to wait any more. */
  public boolean isOver() {
    return waiters.nanosLeft() <= 0;
  }

  private long nanosLeft(long until) {
    return Math.min(until - System.nanoTime(), waiters.nanosLeft());
  }

  void hear(long reached) {
    lock.lock();
    try {
      version = Math.max(version, reached);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void store(long reached) {
    lock.lock();
    try {
      stored = Math.max(stored, reached);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    waiters.leave(this);
  }
}
