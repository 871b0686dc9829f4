package scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Fails a run whose ratios are less than half of what they usually are; noise is less than that.
 */
final class Bands {

  private static final double FAR = 0.5;

  private Bands() {}

  static void check(Path usual, List<Size> sizes) throws IOException {
    var bands = new Properties();
    try (var in = Files.newBufferedReader(usual)) {
      bands.load(in);
    }
    boolean good = true;
    for (var seen : ratios(sizes).entrySet()) {
      double least = FAR * Double.parseDouble(bands.getProperty(seen.getKey()));
      boolean within = seen.getValue() >= least;
      good &= within;
      System.out.println(
          String.format(
              Locale.ROOT,
              "%s %s: %.4f, at least %.4f",
              within ? "within its band:" : "FAR OUT OF ITS BAND:",
              seen.getKey(),
              seen.getValue(),
              least));
    }
    if (!good) {
      System.exit(1);
    }
  }

  private static Map<String, Double> ratios(List<Size> sizes) {
    var first = sizes.getFirst();
    var last = sizes.getLast();
    return Map.of(
        "creations-to-floor", last.median(Round::creationsToFloor),
        "get-one-to-healthz", last.median(Round::oneToHealthz),
        "creations-last-to-first",
            last.median(Round::creationsToFloor) / first.median(Round::creationsToFloor));
  }
}
