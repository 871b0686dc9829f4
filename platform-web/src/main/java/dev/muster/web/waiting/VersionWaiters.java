package dev.muster.web.waiting;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Callers who wait for something to change, each on a virtual thread. When the service stops, they
 * get their answers before HTTP goes.
 */
@Component
public final class VersionWaiters implements SmartLifecycle {

  private static final int PLACES = 10_000;
  private static final Duration LAST_WAIT = Duration.ofSeconds(2);

  private final Map<String, Set<VersionWaiter>> interests = new ConcurrentHashMap<>();
  private final Semaphore places = new Semaphore(PLACES);
  private volatile boolean running;
  private volatile long stopNanos;

  /**
   * From now on, what is heard of it is kept for the caller. To be called before looking how it is,
   * so that nothing is missed.
   *
   * @throws TooManyWaitersException when there is no room for another
   */
  public VersionWaiter watch(String id) {
    if (!places.tryAcquire()) {
      throw new TooManyWaitersException(PLACES);
    }
    var waiter = new VersionWaiter(id, this);
    interests.compute(
        id,
        (_, known) -> {
          var all = known == null ? ConcurrentHashMap.<VersionWaiter>newKeySet() : known;
          all.add(waiter);
          return all;
        });
    return waiter;
  }

  /** It has reached that version. */
  public void hear(String id, long version) {
    interests.getOrDefault(id, Set.of()).forEach(waiter -> waiter.hear(version));
  }

  /** That version of it is stored, though it may not be readable yet. */
  public void store(String id, long version) {
    interests.getOrDefault(id, Set.of()).forEach(waiter -> waiter.store(version));
  }

  /** How many callers wait. */
  public int waiting() {
    return PLACES - places.availablePermits();
  }

  @Override
  public void start() {
    running = true;
  }

  /** From now on nobody waits for longer than two seconds. */
  @Override
  public void stop() {
    stopNanos = System.nanoTime() + LAST_WAIT.toNanos();
    running = false;
    interests.values().forEach(all -> all.forEach(waiter -> waiter.hear(0)));
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** How long anybody may still wait. */
  long nanosLeft() {
    return stopNanos == 0 ? Long.MAX_VALUE : stopNanos - System.nanoTime();
  }

  void leave(VersionWaiter waiter) {
    interests.computeIfPresent(
        waiter.id(),
        (_, known) -> {
          if (known.remove(waiter)) {
            places.release();
          }
          return known.isEmpty() ? null : known;
        });
  }
}
