package scale;

import java.util.List;
import java.util.stream.LongStream;
import run.Options;

/**
 * How much of everything.
 *
 * @param seconds of each part of a round
 * @param warmUp seconds of commands before the rounds of a size
 * @param restarts whether the restart is measured
 */
record Plan(List<Long> sizes, int rounds, double seconds, double warmUp, boolean restarts) {

  static Plan of(Options options) {
    if (options.check()) {
      return new Plan(List.of(500L, 2_000L), 3, 0.5, 3, false);
    }
    if (options.quick()) {
      return new Plan(List.of(1_000L, 5_000L), 3, 1.5, 8, true);
    }
    var sizes = LongStream.of(1_000, 10_000, 100_000).boxed();
    long most = options.instances() == 0 ? 100_000 : options.instances();
    var all = LongStream.concat(sizes.mapToLong(s -> s).filter(s -> s < most), LongStream.of(most));
    return new Plan(all.boxed().toList(), 5, 5, 60, true);
  }
}
