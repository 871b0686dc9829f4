package dev.muster.worker.driver.docker;

/**
 * Up to where the output of an instance was taken. An engine finds the place in a log by time only,
 * so it is the second to read from, and how much of what comes from there on was taken.
 *
 * @param run whose log is read; 0 before there was one
 * @param second since 1970, at the engine
 * @param skip bytes taken of what was printed in that second and later
 * @param last time of the newest line of which something was taken, in nanoseconds since 1970
 * @param offset bytes taken of all runs
 */
record LogCursor(long run, long second, long skip, long last, long offset) {

  static final LogCursor BEGIN = new LogCursor(0, 0, 0, 0, 0);

  LogCursor ofRun(long next) {
    return new LogCursor(next, 0, 0, 0, offset);
  }
}
