package machine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Watches for what makes figures of a run worthless: other work, and a floor that moves. */
public final class Noise {

  private static final double MOST_SPREAD = 0.25;
  private static final double MOST_STOLEN = 0.02;

  private final double loadBefore = Machine.load();
  private final Cpu begun = Cpu.now();
  private final List<String> found = new ArrayList<>();

  public Noise() throws IOException {
    if (loadBefore > Runtime.getRuntime().availableProcessors() * 0.5) {
      found.add(text("the machine was busy before the run (load %.1f)", loadBefore));
    }
  }

  /** The same thing measured in several rounds, which ought to give the same each time. */
  public void floor(String what, double... rounds) {
    var sorted = Arrays.stream(rounds).sorted().toArray();
    double spread = (sorted[sorted.length - 1] - sorted[0]) / sorted[sorted.length / 2];
    if (spread > MOST_SPREAD) {
      found.add(text("the floor %s spread over %.0f %% of its median", what, spread * 100));
    }
  }

  /** What was found, a line each; nothing when the figures can be taken for what they say. */
  public List<String> lines() throws IOException {
    double stolen = Cpu.stolen(begun, Cpu.now());
    var lines = new ArrayList<>(found);
    if (stolen > MOST_STOLEN) {
      lines.add(text("other machines of the same host took %.0f %% of the cores", stolen * 100));
    }
    return lines;
  }

  private static String text(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
