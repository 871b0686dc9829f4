package dev.muster.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The threads of a worker. None begins once they were told to end. */
final class WorkerThreads {

  private final List<Thread> threads = new ArrayList<>();
  private boolean ended;

  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  synchronized Thread begin(String name, Work work) {
    var thread = Thread.ofPlatform().name(name).unstarted(() -> run(work));
    if (!ended) {
      threads.add(thread);
      thread.start();
    }
    return thread;
  }

  private static void run(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets nothing begin any more. */
  synchronized void end() {
    ended = true;
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
