package dev.muster.worker.driver.process;

import dev.muster.events.health.HealthSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Measures what instances use. Keeps the reading before, since /proc only counts up. */
final class Usage {

  private static final Path UPTIME = Path.of("/proc/uptime");
  private static final double TICKS_PER_SECOND = Posix.ticksPerSecond();
  private static final long PAGE = Posix.pageSize();
  private static final double MIB = 1 << 20;

  private final Map<String, Reading> readings = new ConcurrentHashMap<>();
  private final DiskUse disk = new DiskUse();

  HealthSample sample(
      String instanceId, Run run, ProcessIdentity main, Collection<OsProcess> tree, Path work)
      throws IOException {
    var started = main.startTicks() / TICKS_PER_SECOND;
    var now = secondsSinceBoot();
    var ticks = tree.stream().mapToLong(OsProcess::cpuTicks).sum();
    var before = readings.put(instanceId, new Reading(run.id(), now, ticks));
    if (before == null || !before.runId().equals(run.id())) {
      before = new Reading(run.id(), started, 0);
    }
    var pages = tree.stream().mapToLong(OsProcess::residentPages).sum();
    return new HealthSample(
        instanceId,
        run.id(),
        percent(ticks - before.ticks(), now - before.at()),
        Math.round(pages * PAGE / MIB),
        Math.round(disk.latest(instanceId, work) / MIB),
        Instant.now(),
        Math.max(0, (long) (now - started)));
  }

  void forget(String instanceId) {
    readings.remove(instanceId);
    disk.forget(instanceId);
  }

  // A process that nobody reaped takes its ticks along, so the sum may go back.
  private static double percent(long ticks, double seconds) {
    if (seconds <= 0 || ticks <= 0) {
      return 0;
    }
    return Math.round(1000 * ticks / TICKS_PER_SECOND / seconds) / 10.0;
  }

  private static double secondsSinceBoot() throws IOException {
    var text = Files.readString(UPTIME);
    return Double.parseDouble(text.substring(0, text.indexOf(' ')));
  }

  private record Reading(String runId, double at, long ticks) {}
}
