package dev.muster.query.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The newest events without a gap between them, for all who follow: written by one thread, read by
 * any number. Bounded by count and by size; the oldest go first.
 */
@Component
final class RecentEvents {

  private static final int MOST = 10_000;
  private static final long MOST_BYTES = 16 << 20;

  /** What one look gives: enough for one write. */
  private static final int AT_ONCE = 256;

  /**
   * @param era the order that it is of, see {@link #era}
   * @param next the position after the newest event
   */
  record End(int era, long next) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final @Nullable LiveEvent[] kept = new LiveEvent[MOST];
  private long first;
  private long next;
  private long bytes;
  private int era;

  /** From now on it is about an order that goes on at that position. */
  void begin(long position) {
    lock.lock();
    try {
      Arrays.fill(kept, null);
      first = position;
      next = position;
      bytes = 0;
      era++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void add(List<LiveEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      events.forEach(this::keep);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Which order this is about, by a number; 0 before it is known. */
  int era() {
    lock.lock();
    try {
      return era;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the events before a position are known.
   *
   * @return where it ends, which is lower when the wait was too short; empty while nothing at all
   *     is known
   */
  Optional<End> awaitUpTo(long position, Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var left = atMost.toNanos();
      while ((era == 0 || next < position) && left > 0) {
        left = changed.awaitNanos(left);
      }
      return era == 0 ? Optional.empty() : Optional.of(new End(era, next));
    } finally {
      lock.unlock();
    }
  }

  /** Waits for an event at that position, and takes those that follow it along. */
  RecentEventsLookup from(int inEra, long position, Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var left = atMost.toNanos();
      while (inEra == era && position >= next && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (inEra != era) {
        return new RecentEventsLookup.Over();
      }
      if (position < first) {
        return new RecentEventsLookup.Older();
      }
      return position >= next
          ? new RecentEventsLookup.Nothing()
          : new RecentEventsLookup.Events(stretch(position));
    } finally {
      lock.unlock();
    }
  }

  private List<LiveEvent> stretch(long from) {
    var stretch = new ArrayList<LiveEvent>();
    for (long at = from; at < Math.min(next, from + AT_ONCE); at++) {
      stretch.add(at(at));
    }
    return stretch;
  }

  private void keep(LiveEvent event) {
    if (event.position() != next) {
      throw new IllegalStateException(
          "event %d came where %d is next".formatted(event.position(), next));
    }
    while (next > first && (next - first == MOST || bytes + event.bytes() > MOST_BYTES)) {
      bytes -= at(first).bytes();
      kept[index(first)] = null;
      first++;
    }
    kept[index(next)] = event;
    bytes += event.bytes();
    next++;
  }

  private LiveEvent at(long position) {
    return Objects.requireNonNull(kept[index(position)]);
  }

  private static int index(long position) {
    return (int) (position % MOST);
  }
}
