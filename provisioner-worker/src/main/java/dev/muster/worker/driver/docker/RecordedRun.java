package dev.muster.worker.driver.docker;

/**
 * The newest run of an instance.
 *
 * @param sequence of the task that started it; 0 when there is none
 * @param id the operation of that task
 * @param askedToEnd when its main process was asked to end, in milliseconds since 1970; 0 when it
 *     was not
 */
record RecordedRun(long sequence, String id, Told told, long askedToEnd) {

  /** What the platform knows of it. */
  enum Told {
    NOTHING,
    START,
    END
  }

  static final RecordedRun NONE = new RecordedRun(0, "none", Told.NOTHING, 0);

  RecordedRun told(Told news) {
    return new RecordedRun(sequence, id, news.compareTo(told) > 0 ? news : told, askedToEnd);
  }

  RecordedRun askedToEnd(long at) {
    return new RecordedRun(sequence, id, told, at);
  }

  boolean isOver() {
    return told == Told.END;
  }
}
