package dev.muster.command.progress;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One caller's wait for an instance to become readable. To be closed when it is over. */
public final class Interest implements AutoCloseable {

  private final String instanceId;
  private final ReadSide readSide;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long version;

  Interest(String instanceId, ReadSide readSide) {
    this.instanceId = instanceId;
    this.readSide = readSide;
  }

  public String instanceId() {
    return instanceId;
  }

  /**
   * Waits until the read side shows that version or a later one.
   *
   * @return the version it was heard to show last; lower than asked for when the wait was too short
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

  /** Whether the service stops, and nobody is to wait any more. */
  public boolean isOver() {
    return readSide.nanosLeft() <= 0;
  }

  private long nanosLeft(long until) {
    return Math.min(until - System.nanoTime(), readSide.nanosLeft());
  }

  void hear(long readable) {
    lock.lock();
    try {
      version = Math.max(version, readable);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    readSide.forget(this);
  }
}
