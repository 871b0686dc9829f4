package dev.muster.events.instance;

/** About how many bytes of memory a state takes. */
public final class Weight {

  private static final int BARE = 1_500;
  private static final int TEXT = 60;

  private Weight() {}

  public static int of(InstanceState state) {
    var spec = state.spec();
    var image = spec.image();
    var bytes = BARE + 2 * spec.name().length() + (image == null ? 0 : 2 * image.length());
    for (var argument : spec.command()) {
      bytes += TEXT + 2 * argument.length();
    }
    for (var variable : spec.env().entrySet()) {
      bytes += 2 * (TEXT + variable.getKey().length() + variable.getValue().length());
    }
    for (var label : spec.allLabels().entrySet()) {
      bytes += 2 * (TEXT + label.getKey().length() + label.getValue().length());
    }
    return bytes + TEXT * state.heardOutcomes().size();
  }
}
