package dev.muster.worker.driver.simulated;

import org.jspecify.annotations.Nullable;

/**
 * An instance that only looks like one.
 *
 * @param sequence of the newest task seen; the fence
 * @param run the newest run, or null when there is none
 * @param printed how many bytes it has printed that were taken
 */
record SimulatedInstance(long sequence, State state, @Nullable Run run, long printed) {

  enum State {
    RUNNING,
    PAUSED,
    ENDED,
    NOTHING
  }

  /**
   * @param startedMillis since the epoch
   */
  record Run(
      long sequence,
      String id,
      long startedMillis,
      boolean startReported,
      boolean endReported,
      @Nullable Integer exitCode) {

    Run withStartReported() {
      return new Run(sequence, id, startedMillis, true, endReported, exitCode);
    }

    Run withEndReported() {
      return new Run(sequence, id, startedMillis, startReported, true, exitCode);
    }

    Run withExit(int code) {
      return new Run(sequence, id, startedMillis, startReported, endReported, code);
    }
  }

  static final SimulatedInstance NEW = new SimulatedInstance(0, State.NOTHING, null, 0);

  SimulatedInstance next(long bySequence, State next) {
    return new SimulatedInstance(bySequence, next, run, printed);
  }

  SimulatedInstance withRun(@Nullable Run next) {
    return new SimulatedInstance(sequence, state, next, printed);
  }

  SimulatedInstance withPrinted(long bytes) {
    return new SimulatedInstance(sequence, state, run, bytes);
  }

  boolean alive() {
    return state == State.RUNNING || state == State.PAUSED;
  }

  boolean takesPlace() {
    return alive() || (state == State.ENDED && run != null && !run.endReported());
  }
}
