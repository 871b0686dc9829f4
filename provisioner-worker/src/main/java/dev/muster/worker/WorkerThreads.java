package dev.muster.worker;

import dev.muster.ops.job.JobLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The threads of a worker. None begins once they were told to end; what fails before is run again.
 */
final class WorkerThreads {

  private final List<Thread> threads = new ArrayList<>();
  private final List<JobLoop> loops = new ArrayList<>();
  private final Duration firstPause;
  private volatile boolean ended;

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
    var loop = new JobLoop(name, firstPause);
    var thread =
        Thread.ofPlatform()
            .name(name)
            .unstarted(() -> loop.run(() -> untilInterrupted(work), () -> !ended));
    if (!ended) {
      threads.add(thread);
      loops.add(loop);
      thread.start();
    }
    return thread;
  }

  private static void untilInterrupted(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Those that have failed and are down, each with its reason. */
  synchronized List<String> down() {
    return loops.stream()
        .flatMap(loop -> loop.down().map(why -> "%s (%s)".formatted(loop.name(), why)).stream())
        .toList();
  }

  /** How often one has failed. */
  synchronized long failures() {
    return loops.stream().mapToLong(JobLoop::failures).sum();
  }

  /** Lets nothing begin any more. */
  synchronized void end() {
    ended = true;
    loops.forEach(JobLoop::wake);
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
