package dev.muster.kafka.group;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs of different keys side by side, so many at once, and those of one key one after another
 * in the order they came. Holds what it is given: the caller looks at {@link #waiting()} and holds
 * back.
 */
final class KeyedExecutor implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KeyedExecutor.class);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("task-", 0).factory());
  private final Semaphore places;
  private final Map<String, Queue<Runnable>> queues = new HashMap<>();
  private int waiting;

  KeyedExecutor(int atOnce) {
    this.places = new Semaphore(atOnce);
  }

  synchronized void submit(String key, Runnable job) {
    waiting++;
    var queue = queues.get(key);
    if (queue != null) {
      queue.add(job);
      return;
    }
    queues.put(key, new ArrayDeque<>());
    try {
      threads.execute(() -> drain(key, job));
    } catch (RuntimeException | Error e) {
      next(key);
      throw e;
    }
  }

  /** Whether a job of that key has not ended yet. */
  synchronized boolean isBusy(String key) {
    return queues.containsKey(key);
  }

  /** Jobs that have not ended yet. */
  synchronized int waiting() {
    return waiting;
  }

  private void drain(String key, Runnable first) {
    for (Runnable job = first; job != null; job = next(key)) {
      run(key, job);
    }
  }

  private void run(String key, Runnable job) {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      // Closed: what has not begun is for whoever has the partition next.
      Thread.currentThread().interrupt();
      return;
    }
    try {
      job.run();
    } catch (RuntimeException | Error e) {
      // What comes after it under its key must not wait for ever.
      log.error("a job failed without an outcome, its key goes on key={}", key, e);
    } finally {
      places.release();
    }
  }

  private synchronized @Nullable Runnable next(String key) {
    waiting--;
    var job = queues.getOrDefault(key, new ArrayDeque<>()).poll();
    if (job == null) {
      queues.remove(key);
    }
    return job;
  }

  /** Waits for no job: whoever wants that, has waited before. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(Duration.ofSeconds(2).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
