package dev.muster.command.background;

import dev.muster.ops.ready.Backoff;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A thread that does one job for as long as the service runs, and begins it again after a pause
 * when it fails.
 */
public abstract class BackgroundJob implements SmartLifecycle {

  /** After Axon's handlers are there and before HTTP is served; stops in the opposite order. */
  private static final int PHASE = 1_000;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(BackgroundJob.class);

  private final String name;
  private volatile boolean running;
  private @Nullable Thread thread;

  /**
   * @param name of the thread, and what operators see in the log
   */
  protected BackgroundJob(String name) {
    this.name = name;
  }

  /** Does the job until {@link #isRunning()} is false, and closes what it opened. */
  protected abstract void work() throws Exception;

  /** Called from another thread; makes {@link #work()} come to its end soon. */
  protected void wake(Thread working) {
    working.interrupt();
  }

  /** Called when the job has begun; what it throws ends the start of the service. */
  protected void started() {}

  @Override
  public final synchronized void start() {
    if (!running) {
      running = true;
      thread = Thread.ofPlatform().name(name).daemon(true).start(this::keepWorking);
      started();
    }
  }

  @Override
  public final synchronized void stop() {
    running = false;
    var working = thread;
    if (working != null) {
      wake(working);
      if (!join(working)) {
        log.warn("job_stuck name={}: it does not stop and is left behind", name);
        working.interrupt();
      }
    }
    thread = null;
  }

  /** All jobs come to their end at the same time, so that none waits for a slow one. */
  @Override
  public final void stop(Runnable callback) {
    Thread.ofVirtual()
        .name("stop-" + name)
        .start(
            () -> {
              try {
                stop();
              } finally {
                callback.run();
              }
            });
  }

  @Override
  public final boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  protected final String name() {
    return name;
  }

  private void keepWorking() {
    var backoff = new Backoff(Duration.ofMillis(400), Duration.ofSeconds(5));
    while (running) {
      try {
        var began = System.nanoTime();
        try {
          work();
        } finally {
          if (System.nanoTime() - began > PATIENCE.toNanos()) {
            backoff.reset();
          }
        }
      } catch (InterruptedException e) {
        return;
      } catch (Exception e) {
        report(e, backoff.isFirst());
        if (!rested(backoff)) {
          return;
        }
      }
    }
  }

  private void report(Exception e, boolean withTrace) {
    if (running && withTrace) {
      log.warn("job_failed name={}: it begins again, and again", name, e);
    } else if (running) {
      log.warn("job_failed name={} cause=\"{}\": it begins again", name, e.toString());
    }
  }

  private boolean rested(Backoff backoff) {
    try {
      if (running) {
        backoff.pause();
      }
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static boolean join(Thread working) {
    try {
      return working.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
