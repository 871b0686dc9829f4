package dev.muster.events.instance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Upper bounds on what an instance uses; null where there is none.
 *
 * @param cpus cores
 * @param memoryMb MiB of memory
 * @param diskMb MiB in its folder
 * @param pids processes and threads
 */
public record Limits(
    @Nullable Double cpus,
    @Nullable Integer memoryMb,
    @Nullable Integer diskMb,
    @Nullable Integer pids) {

  public static final Limits NONE = new Limits(null, null, null, null);

  /** The bounds that there are, by the names of the API. */
  public Map<String, Number> bounds() {
    var bounds = new LinkedHashMap<String, Number>();
    put(bounds, "cpus", cpus);
    put(bounds, "memory_mb", memoryMb);
    put(bounds, "disk_mb", diskMb);
    put(bounds, "pids", pids);
    return bounds;
  }

  /** These, and where there is none, the other's. */
  public Limits or(Limits other) {
    return new Limits(
        cpus == null ? other.cpus : cpus,
        memoryMb == null ? other.memoryMb : memoryMb,
        diskMb == null ? other.diskMb : diskMb,
        pids == null ? other.pids : pids);
  }

  /** What is over those bounds, such as "memory_mb 512 is over 256". */
  public Optional<String> over(Limits most) {
    var bounds = most.bounds();
    return bounds().entrySet().stream()
        .filter(bound -> isOver(bound.getValue(), bounds.get(bound.getKey())))
        .map(b -> "%s %s is over %s".formatted(b.getKey(), b.getValue(), bounds.get(b.getKey())))
        .findFirst();
  }

  private static boolean isOver(Number bound, @Nullable Number most) {
    return most != null && bound.doubleValue() > most.doubleValue();
  }

  private static void put(Map<String, Number> bounds, String name, @Nullable Number bound) {
    if (bound != null) {
      bounds.put(name, bound);
    }
  }
}
