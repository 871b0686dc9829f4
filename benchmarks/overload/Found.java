package overload;

import load.Load;
import run.Peak;

/**
 * What came of more load than the platform can carry.
 *
 * @param offered calls a second
 * @param acknowledged how many ids came with a 201
 * @param lost how many of them no GET found afterwards
 * @param client share of all cores that the client had
 */
record Found(
    Peak peak,
    double offered,
    Load load,
    long acknowledged,
    long lost,
    double client,
    double heapMib,
    double residentMib) {

  double goodput() {
    return load.goodPerSecond();
  }

  long refused() {
    return load.byStatus().getOrDefault(503, 0L) + load.byStatus().getOrDefault(429, 0L);
  }

  long unanswered() {
    return load.byStatus().getOrDefault(0, 0L);
  }
}
