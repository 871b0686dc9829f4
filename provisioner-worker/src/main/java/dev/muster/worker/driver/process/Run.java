package dev.muster.worker.driver.process;

/**
 * One life of an instance's process.
 *
 * @param sequence of the task that started it; names its folder
 * @param id the operation that started it
 * @param startReported whether the platform knows of its start
 * @param endReported whether the platform knows of its end
 */
record Run(long sequence, String id, boolean startReported, boolean endReported) {

  static Run of(long sequence, String id) {
    return new Run(sequence, id, false, false);
  }

  Run withStartReported() {
    return new Run(sequence, id, true, endReported);
  }

  Run withEndReported() {
    return new Run(sequence, id, startReported, true);
  }
}
