package dev.muster.ops.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A thread that does one job for as long as the service runs. Whatever ends the job, an {@link
 * Error} too, it begins again after a pause; until it holds, the service is not ready.
 */
public abstract class BackgroundJob implements SmartLifecycle {

  /** After Axon's handlers are there and before HTTP is served; stops in the opposite order. */
  private static final int PHASE = 1_000;

  private static final Duration STOP_WITHIN = Duration.ofSeconds(8);
  private static final Logger log = LoggerFactory.getLogger(BackgroundJob.class);

  private final String name;
  private final JobLoop loop;
  private volatile boolean running;
  private @Nullable Thread thread;

  /**
   * @param name of the thread, and what operators see in the log
   */
  protected BackgroundJob(String name) {
    this.name = name;
    this.loop = new JobLoop(name);
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
      loop.wake();
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

  /** What runs the job, and knows how it fares. */
  public final JobLoop loop() {
    return loop;
  }

  private void keepWorking() {
    loop.run(
        () -> {
          while (running) {
            work();
          }
        },
        this::isRunning);
  }

  private static boolean join(Thread working) {
    try {
      return working.join(STOP_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
