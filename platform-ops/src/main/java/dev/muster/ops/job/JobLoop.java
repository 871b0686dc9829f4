package dev.muster.ops.job;

import dev.muster.ops.ready.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one piece of work, and again after a pause whenever it fails, of whatever: a thread that
 * ends in silence is worse than any {@link Error}.
 */
public final class JobLoop {

  /** Must bear being run again after it has failed. */
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }

  private static final Logger log = LoggerFactory.getLogger(JobLoop.class);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final String name;
  private final Duration firstPause;
  private final JobRuns runs = new JobRuns();

  /**
   * @param name what operators see in the log, in metrics and in the readiness
   */
  public JobLoop(String name) {
    this(name, Duration.ofMillis(100));
  }

  public JobLoop(String name, Duration firstPause) {
    this.name = name;
    this.firstPause = firstPause;
  }

  public String name() {
    return name;
  }

  /** Why it is down; empty while it works. */
  public Optional<String> down() {
    return runs.down();
  }

  /** How often it has failed. */
  public long failures() {
    return runs.failures();
  }

  /** Returns when the work has ended well, or has failed and is not wanted any more. */
  public void run(Work work, BooleanSupplier isWanted) {
    var backoff = new Backoff(firstPause, firstPause.compareTo(LONGEST) > 0 ? firstPause : LONGEST);
    while (isWanted.getAsBoolean()) {
      runs.begin();
      try {
        work.run();
        runs.end();
        return;
      } catch (Throwable e) {
        if (runs.haveHeld()) {
          backoff.reset();
        }
        if (isWanted.getAsBoolean()) {
          fail(e, backoff.isFirst());
          rest(backoff.next(), isWanted);
        }
      }
    }
  }

  /** Ends a pause, so that {@link #run} looks whether it is still wanted. */
  public synchronized void wake() {
    notifyAll();
  }

  private void fail(Throwable e, boolean withTrace) {
    runs.fail(e);
    try {
      report(e, withTrace);
    } catch (Throwable unreported) { // the log may fail for the same reason; the count has it
      e.addSuppressed(unreported);
    }
  }

  private void report(Throwable e, boolean withTrace) {
    if (withTrace) {
      log.warn("job_failed name={}: it begins again, and again", name, e);
    } else {
      log.warn("job_failed name={} cause=\"{}\": it begins again", name, e.toString());
    }
  }

  private synchronized void rest(Duration pause, BooleanSupplier isWanted) {
    try {
      if (isWanted.getAsBoolean()) {
        wait(Math.max(1, pause.toMillis()));
      }
    } catch (InterruptedException e) {
      log.trace("{} is interrupted while it rests", name, e);
    }
  }
}
