package dev.muster.query.projection;

import dev.muster.events.instance.InstanceState;

/** About how many bytes of memory a state takes. */
final class Weight {

  private static final int BARE = 1_500;
  private static final int TEXT = 60;

  private Weight() {}

  static int of(InstanceState state) {
    var spec = state.spec();
    var bytes = BARE + 2 * spec.name().length();
    for (var argument : spec.command()) {
      bytes += TEXT + 2 * argument.length();
    }
    for (var variable : spec.env().entrySet()) {
      bytes += 2 * (TEXT + variable.getKey().length() + variable.getValue().length());
    }
    return bytes + TEXT * state.heardOutcomes().size();
  }
}
