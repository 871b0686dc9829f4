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
    var left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (version < atLeast && left > 0) {
        left = changed.awaitNanos(left);
      }
      return version;
    } finally {
      lock.unlock();
    }
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
