package dev.muster.worker;

import dev.muster.ops.ready.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a worker. None begins once they were told to end; what fails before is run again.
 */
final class WorkerThreads {

  private static final Logger log = LoggerFactory.getLogger(WorkerThreads.class);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final List<Thread> threads = new ArrayList<>();
  private final Set<String> down = new TreeSet<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Duration firstPause;
  private long failures;

  WorkerThreads() {
    this(Duration.ofMillis(500));
  }

  WorkerThreads(Duration firstPause) {
    this.firstPause = firstPause;
  }

  /** Must bear being run again after it has failed. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  synchronized Thread begin(String name, Work work) {
    var thread = Thread.ofPlatform().name(name).unstarted(() -> supervise(name, work));
    if (ended.getCount() > 0) {
      threads.add(thread);
      thread.start();
    }
    return thread;
  }

  private void supervise(String name, Work work) {
    try {
      var backoff = new Backoff(firstPause, LONGEST);
      long begun = System.nanoTime();
      while (!endsWell(name, work)) {
        if (System.nanoTime() - begun > LONGEST.toNanos()) {
          backoff.reset();
        }
        if (ended.await(backoff.next().toNanos(), TimeUnit.NANOSECONDS)) {
          return;
        }
        begun = System.nanoTime();
        up(name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // An error too: a class that is missing for one task must not end the thread for all others.
  private boolean endsWell(String name, Work work) throws InterruptedException {
    try {
      work.run();
      return true;
    } catch (RuntimeException | Error e) {
      down(name);
      log.error("a thread failed and is run again, report this thread={}", name, e);
      return false;
    }
  }

  private synchronized void down(String name) {
    failures++;
    down.add(name);
  }

  private synchronized void up(String name) {
    down.remove(name);
  }

  /** The names of those that have failed and wait to be run again. */
  synchronized List<String> down() {
    return List.copyOf(down);
  }

  /** How often one has failed. */
  synchronized long failures() {
    return failures;
  }

  /** Lets nothing begin any more. */
  synchronized void end() {
    ended.countDown();
  }

  /** Waits until all have ended, or the time is over. */
  void join(Duration patience) {
    var deadline = System.nanoTime() + patience.toNanos();
    try {
      for (var thread : all()) {
        thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<Thread> all() {
    return List.copyOf(threads);
  }
}
