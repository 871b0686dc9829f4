package load;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a load came to.
 *
 * @param nanos how long it was driven
 * @param unsent calls that were due, but had no free connection before the end
 */
public record Load(long nanos, long unsent, List<Samples> connections) {

  /** Answers of 2xx a second that came while the load was driven. */
  public double goodPerSecond() {
    return perSecond(true).sum() / seconds();
  }

  /** How many answers were 2xx, late ones too. */
  public long good() {
    return connections.stream().mapToLong(c -> rows(c).filter(c::isGood).count()).sum();
  }

  /** How many calls had an answer of any kind or failed. */
  public long all() {
    return connections.stream().mapToLong(Samples::count).sum();
  }

  public double seconds() {
    return nanos / 1e9;
  }

  /** How many answers there were of each status; 0 stands for none at all. */
  public Map<Integer, Long> byStatus() {
    return connections.stream()
        .flatMap(c -> rows(c).mapToObj(c::status))
        .collect(Collectors.groupingBy(s -> s, TreeMap::new, Collectors.counting()));
  }

  /** How many answers said when to come again. */
  public long retryAfter() {
    return connections.stream().mapToLong(Samples::retryAfter).sum();
  }

  /** Milliseconds that no more than the given share (0 to 1) of the 2xx took longer than. */
  public double[] millis(double... shares) {
    var sorted =
        connections.stream()
            .flatMapToLong(c -> rows(c).filter(c::isGood).mapToLong(c::took))
            .sorted()
            .toArray();
    return Arrays.stream(shares).map(share -> Percentile.of(sorted, share) / 1e6).toArray();
  }

  /** Answers in each second of the run, the 2xx or the others. */
  public IntStream perSecond(boolean good) {
    var counts = new int[(int) Math.ceil(seconds())];
    for (var c : connections) {
      rows(c)
          .filter(i -> c.isGood(i) == good && c.answeredAt(i) < nanos)
          .forEach(i -> counts[(int) (c.answeredAt(i) / 1_000_000_000L)]++);
    }
    return Arrays.stream(counts);
  }

  private static IntStream rows(Samples connection) {
    return IntStream.range(0, connection.count());
  }
}
