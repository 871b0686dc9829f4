package report;

/**
 * One thing that was measured, once for each column of its table.
 *
 * @param values NaN where it was not measured
 * @param decimals how many of them the table shows
 * @param target what it is to become, or nothing
 */
public record Row(String name, double[] values, int decimals, String target) {

  public static Row of(String name, int decimals, String target, double... values) {
    return new Row(name, values, decimals, target);
  }
}
