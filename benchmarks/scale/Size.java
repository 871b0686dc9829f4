package scale;

import java.util.List;
import java.util.function.ToDoubleFunction;
import load.Percentile;

/**
 * What was measured with so many instances. Where there were rounds, their median counts.
 *
 * @param first how many there were before the first round
 * @param last how many there were after the last
 * @param restart seconds from the start to ready, NaN when it was not tried
 */
record Size(
    long first,
    long last,
    List<Round> rounds,
    double heapMib,
    double residentMib,
    double postgresqlMib,
    double restart) {

  double median(ToDoubleFunction<Round> what) {
    return Percentile.median(rounds.stream().mapToDouble(what).toArray());
  }
}
