package dev.muster.worker.driver.docker;

import dev.muster.events.instance.Limits;
import dev.muster.worker.driver.HostLimits;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The limits of runs, as far as the engine's kernel can hold them. */
final class ContainerLimits {

  /** What keeps an instance from taking all process ids of the machine. */
  private static final int MOST_PIDS = 512;

  /** What a host can honour; {@code disk_mb} is not among it, as nothing can be written. */
  static final Set<String> NAMES = Set.of("image", "cpus", "memory_mb", "pids");

  private static final Map<String, String> OF_ENGINE =
      Map.of("cpus", "CpuCfsQuota", "memory_mb", "MemoryLimit", "pids", "PidsLimit");

  private final DockerEngine engine;
  private final String host;
  private final Limits defaults;
  private final Limits maximum;

  ContainerLimits(DockerEngine engine, String host, HostLimits configured) {
    this.engine = engine;
    this.host = host;
    this.maximum = configured.maximum();
    var pids = maximum.pids() == null ? MOST_PIDS : Math.min(MOST_PIDS, maximum.pids());
    this.defaults = configured.defaults().or(new Limits(null, null, null, pids)).or(maximum);
  }

  Limits maximum() {
    return maximum;
  }

  Limits of(Limits asked) {
    return asked.or(defaults);
  }

  /** Why an instance cannot be held to what it asks for, or to what the host's settings say. */
  Optional<String> refusal(Limits asked) {
    var over = asked.over(maximum);
    if (over.isPresent()) {
      return Optional.of("%s, the most that host %s allows".formatted(over.get(), host));
    }
    if (asked.diskMb() != null) {
      return Optional.of("host %s cannot hold it to disk_mb: docker hosts cannot".formatted(host));
    }
    var info = engine.get("/info");
    return of(asked).bounds().keySet().stream()
        .filter(name -> !info.path(OF_ENGINE.getOrDefault(name, "")).asBoolean(true))
        .findFirst()
        .map(name -> "host %s cannot hold it to %s: its kernel cannot".formatted(host, name));
  }

  /** As the engine takes them. */
  Map<String, Object> settings(Limits asked) {
    var limits = of(asked);
    var settings = new TreeMap<String, Object>();
    if (limits.pids() instanceof Integer pids) {
      settings.put("PidsLimit", pids);
    }
    if (limits.cpus() instanceof Double cpus) {
      settings.put("NanoCpus", Math.max(10_000_000, Math.round(cpus * 1e9)));
    }
    if (limits.memoryMb() instanceof Integer mb) {
      settings.put("Memory", (long) mb << 20);
      // Memory and swap together: none of it is swap.
      settings.put("MemorySwap", (long) mb << 20);
    }
    return settings;
  }
}
