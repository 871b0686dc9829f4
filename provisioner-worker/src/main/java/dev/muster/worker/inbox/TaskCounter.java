package dev.muster.worker.inbox;

import java.util.Locale;

/** Is told of every task that came to its end at this worker. */
@FunctionalInterface
public interface TaskCounter {

  TaskCounter NONE = (_, _) -> {};

  /** What came of a task. */
  enum Result {
    SUCCEEDED,
    REFUSED,
    SUPERSEDED,
    LATE,
    DEAD_LETTER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param kind of its operation, or {@code clean_up}, or {@code unreadable}
   */
  void count(String kind, Result result);
}
