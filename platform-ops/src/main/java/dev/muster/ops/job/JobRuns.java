package dev.muster.ops.job;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one job fares: it is down from a failure until it has worked for a second again. */
final class JobRuns {

  private static final long WORKS_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long HOLDS_NANOS = Duration.ofSeconds(5).toNanos();

  private long began = System.nanoTime();
  private @Nullable String failure;
  private boolean resting;
  private long failures;

  synchronized void begin() {
    began = System.nanoTime();
    resting = false;
  }

  synchronized void fail(Throwable e) {
    failures++;
    failure = e.getClass().getSimpleName();
    resting = true;
  }

  synchronized void end() {
    failure = null;
  }

  /** Whether this run was long enough to count as a success. */
  synchronized boolean haveHeld() {
    return System.nanoTime() - began > HOLDS_NANOS;
  }

  synchronized long failures() {
    return failures;
  }

  synchronized Optional<String> down() {
    if (!resting && System.nanoTime() - began > WORKS_AGAIN_NANOS) {
      failure = null;
    }
    return Optional.ofNullable(failure);
  }
}
