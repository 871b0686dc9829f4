package load;

import java.util.Arrays;

/** The nearest rank: a value that was seen, and none in between. */
public final class Percentile {

  private Percentile() {}

  /** NaN of nothing. */
  public static double of(long[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  public static double of(double[] values, double share) {
    if (values.length == 0) {
      return Double.NaN;
    }
    var sorted = Arrays.stream(values).sorted().toArray();
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  public static double median(double... values) {
    return of(values, 0.5);
  }
}
