package machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a run ran on. */
public record Machine(int cores, String processor, long memoryMib, String kernel, String java) {

  public static Machine here() throws IOException {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        found("model name\\s*: (.*)", "/proc/cpuinfo", "unknown processor"),
        Long.parseLong(found("MemTotal:\\s+(\\d+)", "/proc/meminfo", "0")) / 1024,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vendor") + " " + Runtime.version());
  }

  /** Processes that ran or waited for a core in the last minute, on average. */
  public static double load() throws IOException {
    return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
  }

  private static String found(String pattern, String file, String otherwise) throws IOException {
    var matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
    return matcher.find() ? matcher.group(1).strip() : otherwise;
  }

  @Override
  public String toString() {
    return "%d cores, %s, %d MiB, %s, %s".formatted(cores, processor, memoryMib, kernel, java);
  }
}
