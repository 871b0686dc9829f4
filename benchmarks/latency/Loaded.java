package latency;

import load.Load;
import run.Peak;

/** An open loop of creations at a share of the peak that was measured just before. */
record Loaded(Peak peak, double rate, Load load, double client) {

  double millis(double share) {
    return load.millis(share)[0];
  }
}
