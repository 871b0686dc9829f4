package machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** What the kernel tells of processes; proc_pid_stat(5), proc_pid_status(5). */
public final class ProcessFiles {

  private static final double MILLIS_A_TICK = 10; // USER_HZ is 100 wherever Muster runs
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern PROPORTIONAL = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");

  private ProcessFiles() {}

  /** CPU that a process has used so far, its ended children too, in milliseconds; 0 of none. */
  public static double cpuMillis(long pid) {
    var stat = read(pid, "stat");
    if (stat.isEmpty()) {
      return 0;
    }
    // The name in brackets may hold anything.
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return MILLIS_A_TICK * Arrays.stream(fields, 11, 15).mapToLong(Long::parseLong).sum();
  }

  /** Without what ended children have used. */
  public static double ownCpuMillis() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
  }

  public static double residentMib(long pid) {
    return number(RESIDENT, read(pid, "status")) / 1024;
  }

  /** With a share of what it has in common with others. */
  public static double proportionalMib(long pid) {
    return number(PROPORTIONAL, read(pid, "smaps_rollup")) / 1024;
  }

  /** A process and its children, not theirs. */
  public static long[] family(long pid) {
    var children = read(pid, "task/" + pid + "/children").strip();
    var born = children.isEmpty() ? new String[0] : children.split(" ");
    return LongStream.concat(LongStream.of(pid), Arrays.stream(born).mapToLong(Long::parseLong))
        .toArray();
  }

  private static double number(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    return found.find() ? Double.parseDouble(found.group(1)) : 0;
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", "" + pid, file));
    } catch (IOException e) {
      return ""; // it has ended
    }
  }
}
