package hops;

import java.util.HashMap;
import java.util.Map;

/**
 * Counters that only grow, at one moment, or what they grew by.
 *
 * @param nanos when, or for how long
 */
record Reading(Map<String, Double> counts, long nanos) {

  Reading until(Reading later) {
    var grown = new HashMap<String, Double>();
    later.counts.forEach((name, count) -> grown.put(name, count - counts.getOrDefault(name, 0.0)));
    return new Reading(grown, later.nanos - nanos);
  }

  /** Without what happens in the same time by itself. */
  Reading less(Reading idle) {
    var rest = new HashMap<>(counts);
    double share = (double) nanos / idle.nanos;
    rest.replaceAll((name, count) -> count - share * idle.counts.getOrDefault(name, 0.0));
    return new Reading(rest, nanos);
  }

  Map<String, Double> each(long of) {
    var each = new HashMap<>(counts);
    each.replaceAll((_, count) -> count / of);
    return each;
  }
}
