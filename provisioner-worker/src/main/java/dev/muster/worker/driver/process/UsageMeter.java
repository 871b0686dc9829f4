package dev.muster.worker.driver.process;

import dev.muster.events.health.HealthSample;
import dev.muster.worker.driver.process.cgroup.Cgroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Measures what instances use. Keeps the reading before, since the kernel only counts up. */
final class UsageMeter {

  private static final Path UPTIME = Path.of("/proc/uptime");
  private static final double TICKS_PER_SECOND = Posix.ticksPerSecond();
  private static final double MIB = 1 << 20;

  private final Map<String, Reading> readings = new ConcurrentHashMap<>();
  private final DiskUse disk = new DiskUse();

  HealthSample sample(
      String instanceId,
      ProcessRun run,
      ProcessIdentity main,
      Tree tree,
      Optional<Cgroup> cgroup,
      Path work)
      throws IOException {
    var started = main.startTicks() / TICKS_PER_SECOND;
    var now = secondsSinceBoot();
    var used = cgroup.isPresent() ? cgroup.get().cpuSeconds() : Optional.<Double>empty();
    var held = cgroup.isPresent() ? cgroup.get().memoryBytes() : OptionalLong.empty();
    var members = used.isPresent() && held.isPresent() ? List.<OsProcess>of() : tree.members();
    var cpu =
        used.orElseGet(
            () -> members.stream().mapToLong(OsProcess::cpuTicks).sum() / TICKS_PER_SECOND);
    var before = readings.put(instanceId, new Reading(run.id(), now, cpu));
    if (before == null || !before.runId().equals(run.id())) {
      before = new Reading(run.id(), started, 0);
    }
    var bytes = held.orElseGet(() -> members.stream().mapToLong(OsProcess::memoryBytes).sum());
    return new HealthSample(
        instanceId,
        run.id(),
        percent(cpu - before.cpu(), now - before.at()),
        Math.round(bytes / MIB),
        Math.round(disk.latest(instanceId, work) / MIB),
        Instant.now(),
        Math.max(0, (long) (now - started)));
  }

  /** Why an instance has to end for what its folder held at the look before, if so. */
  Optional<String> overDisk(String instanceId, Path work, int mostMb) {
    var held = Math.ceilDiv(disk.latest(instanceId, work), 1 << 20);
    return held > mostMb
        ? Optional.of(
            "out of disk: its folder held %d MiB, over its disk_mb of %d".formatted(held, mostMb))
        : Optional.empty();
  }

  void forget(String instanceId) {
    readings.remove(instanceId);
    disk.forget(instanceId);
  }

  // A process that nobody reaped takes its ticks along, so the sum may go back.
  private static double percent(double cpu, double seconds) {
    if (seconds <= 0 || cpu <= 0) {
      return 0;
    }
    return Math.round(1000 * cpu / seconds) / 10.0;
  }

  private static double secondsSinceBoot() throws IOException {
    var text = Files.readString(UPTIME);
    return Double.parseDouble(text.substring(0, text.indexOf(' ')));
  }

  /** Asked only where the kernel does not count by itself. */
  @FunctionalInterface
  interface Tree {
    List<OsProcess> members() throws IOException;
  }

  private record Reading(String runId, double at, double cpu) {}
}
