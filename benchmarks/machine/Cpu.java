package machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the cores of this machine have done so far, in clock ticks; proc_stat(5).
 *
 * @param stolen what the host of a virtual machine gave to others
 */
public record Cpu(long idle, long stolen, long all) {

  public static Cpu now() throws IOException {
    var ticks =
        Arrays.stream(Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +"))
            .skip(1)
            .mapToLong(Long::parseLong)
            .toArray();
    return new Cpu(ticks[3] + ticks[4], ticks[7], Arrays.stream(ticks).limit(8).sum());
  }

  /** Share of the time between two looks that was spent working, 0 to 1. */
  public static double busy(Cpu from, Cpu to) {
    return 1 - (double) (to.idle - from.idle) / (to.all - from.all);
  }

  /** Share of the time between two looks that others had, 0 to 1. */
  public static double stolen(Cpu from, Cpu to) {
    return (double) (to.stolen - from.stolen) / Math.max(1, to.all - from.all);
  }
}
