package load;

import java.util.Arrays;

/** The calls of one connection: when each was due, how long it took from then, and its status. */
final class Samples {

  private long[] due = new long[1024];
  private long[] took = new long[1024];
  private short[] status = new short[1024];
  private int count;
  private int retryAfter;

  /** Times in nanoseconds, {@code dueAt} since the beginning of the run. */
  void add(long dueAt, long nanos, Answer answer) {
    if (count == due.length) {
      due = Arrays.copyOf(due, count * 2);
      took = Arrays.copyOf(took, count * 2);
      status = Arrays.copyOf(status, count * 2);
    }
    due[count] = dueAt;
    took[count] = nanos;
    status[count++] = (short) answer.status();
    retryAfter += answer.retryAfter() ? 1 : 0;
  }

  int count() {
    return count;
  }

  int retryAfter() {
    return retryAfter;
  }

  int status(int i) {
    return status[i];
  }

  boolean isGood(int i) {
    return status[i] / 100 == 2;
  }

  long took(int i) {
    return took[i];
  }

  long answeredAt(int i) {
    return due[i] + took[i];
  }
}
