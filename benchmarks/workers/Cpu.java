import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What the cores of this machine have done so far, in clock ticks; proc_stat(5). */
record Cpu(long idle, long all) {

  static Cpu now() throws IOException {
    var ticks =
        Arrays.stream(Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +"))
            .skip(1)
            .mapToLong(Long::parseLong)
            .toArray();
    return new Cpu(ticks[3] + ticks[4], Arrays.stream(ticks).limit(8).sum());
  }

  /** Share of the time between two looks that was spent working, 0 to 1. */
  static double busy(Cpu from, Cpu to) {
    return 1 - (double) (to.idle - from.idle) / (to.all - from.all);
  }
}
