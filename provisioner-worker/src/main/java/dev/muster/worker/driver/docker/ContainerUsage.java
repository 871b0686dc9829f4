package dev.muster.worker.driver.docker;

import dev.muster.events.health.HealthSample;
import dev.muster.worker.driver.HostFaultException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** Measures what runs use. Keeps the reading before, since an engine only counts up. */
final class ContainerUsage {

  private static final double MIB = 1 << 20;

  private final DockerEngine engine;
  private final Map<String, Reading> readings = new ConcurrentHashMap<>();

  ContainerUsage(DockerEngine engine) {
    this.engine = engine;
  }

  /** Of a run that is alive; empty when it has ended meanwhile. */
  Optional<HealthSample> sample(EngineContainer run) {
    try {
      return measured(run);
    } catch (HostFaultException e) {
      engine.unlessAway(e, run.instanceId());
      return Optional.empty();
    }
  }

  private Optional<HealthSample> measured(EngineContainer run) {
    var stats = engine.find("/containers/%s/stats?stream=false&one-shot=true".formatted(run.id()));
    return stats
        .filter(s -> !s.path("memory_stats").path("usage").isMissingNode())
        .map(s -> sample(run, s));
  }

  private HealthSample sample(EngineContainer run, JsonNode stats) {
    var now = Instant.now();
    var began = Instant.ofEpochSecond(run.created());
    var cpu = stats.path("cpu_stats").path("cpu_usage").path("total_usage").asLong(0) / 1e9;
    var at = System.nanoTime() / 1e9;
    var up = Math.max(0, (now.toEpochMilli() - began.toEpochMilli()) / 1e3);
    var before = readings.put(run.instanceId(), new Reading(run.id(), at, cpu));
    if (before == null || !before.container().equals(run.id())) {
      before = new Reading(run.id(), at - up, 0);
    }
    return new HealthSample(
        run.instanceId(),
        run.runId(),
        percent(cpu - before.cpu(), at - before.at()),
        Math.round(memory(stats.path("memory_stats")) / MIB),
        0,
        now,
        (long) up);
  }

  // Without pages of files that the kernel can drop: cgroup 2, and cgroup 1.
  private static long memory(JsonNode stats) {
    var detail = stats.path("stats");
    var cache = detail.path("total_inactive_file").asLong(detail.path("inactive_file").asLong(0));
    return Math.max(0, stats.path("usage").asLong(0) - cache);
  }

  private static double percent(double cpu, double seconds) {
    return seconds <= 0 || cpu <= 0 ? 0 : Math.round(1000 * cpu / seconds) / 10.0;
  }

  void forget(String instanceId) {
    readings.remove(instanceId);
  }

  private record Reading(String container, double at, double cpu) {}
}
