package dev.muster.worker.driver.simulated;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instance that only looks like one.
 *
 * @param sequence of the newest task seen; the fence
 * @param run the newest run, or null when there is none
 */
record SimulatedInstance(long sequence, State state, @Nullable Run run) {

  enum State {
    RUNNING,
    PAUSED,
    ENDED,
    NOTHING
  }

  record Run(
      long sequence,
      String id,
      Instant startedAt,
      boolean startReported,
      boolean endReported,
      @Nullable Integer exitCode) {

    Run withStartReported() {
      return new Run(sequence, id, startedAt, true, endReported, exitCode);
    }

    Run withEndReported() {
      return new Run(sequence, id, startedAt, startReported, true, exitCode);
    }

    Run withExit(int code) {
      return new Run(sequence, id, startedAt, startReported, endReported, code);
    }
  }

  static final SimulatedInstance NEW = new SimulatedInstance(0, State.NOTHING, null);

  SimulatedInstance next(long bySequence, State next) {
    return new SimulatedInstance(bySequence, next, run);
  }

  SimulatedInstance withRun(@Nullable Run next) {
    return new SimulatedInstance(sequence, state, next);
  }

  boolean alive() {
    return state == State.RUNNING || state == State.PAUSED;
  }

  boolean takesPlace() {
    return alive() || (state == State.ENDED && run != null && !run.endReported());
  }
}
