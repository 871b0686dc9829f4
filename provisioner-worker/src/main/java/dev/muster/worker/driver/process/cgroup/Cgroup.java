package dev.muster.worker.driver.process.cgroup;

import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.muster.events.instance.Limits;
import dev.muster.worker.driver.HostFaultException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * What bounds and counts the processes of one run.
 *
 * @param folders one in version 2, one of each controller in version 1; the names of their files
 *     tell which
 */
public record Cgroup(List<Path> folders) {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long MIB = 1 << 20;

  public Cgroup {
    folders = List.copyOf(folders);
  }

  public boolean exists() {
    return folders.stream().anyMatch(Files::isDirectory);
  }

  /** Files that a process joins by writing 0 to each. */
  public List<Path> joinFiles() {
    return folders.stream().map(folder -> folder.resolve("cgroup.procs")).toList();
  }

  /** What is in it. */
  public Set<Long> pids() throws IOException {
    var pids = new HashSet<Long>();
    for (var folder : folders) {
      lines(folder.resolve("cgroup.procs")).map(Long::valueOf).forEach(pids::add);
    }
    return pids;
  }

  void limit(Limits limits) throws IOException {
    if (limits.memoryMb() != null) {
      var bytes = "" + limits.memoryMb() * MIB;
      set(bytes, "memory.max", "memory.limit_in_bytes");
      // Else it would go on in swap.
      setIfThere("0", "memory.swap.max");
      setIfThere(bytes, "memory.memsw.limit_in_bytes");
    }
    if (limits.cpus() != null) {
      // The kernel takes no quota below a millisecond.
      var period = limits.cpus() < 0.01 ? 1_000_000 : 100_000;
      var quota = Math.max(1000, Math.round(limits.cpus() * period));
      if (!setIfThere(quota + " " + period, "cpu.max")) {
        set("" + period, "cpu.cfs_period_us");
        set("" + quota, "cpu.cfs_quota_us");
      }
    }
    if (limits.pids() != null) {
      set("" + limits.pids(), "pids.max");
    }
  }

  /** How often the kernel has ended one of its processes for memory. */
  public long oomKills() throws IOException {
    var count = counter("memory.events", "oom_kill");
    return (count.isPresent() ? count : counter("memory.oom_control", "oom_kill")).orElse(0);
  }

  /** Seconds of CPU that it has used, ended processes too. */
  public Optional<Double> cpuSeconds() throws IOException {
    var micros = counter("cpu.stat", "usage_usec");
    if (micros.isPresent()) {
      return Optional.of(micros.getAsLong() / 1e6);
    }
    var nanos = number("cpuacct.usage");
    return nanos.isPresent() ? Optional.of(nanos.getAsLong() / 1e9) : Optional.empty();
  }

  /** Bytes of memory that it has, without pages of files that the kernel can drop. */
  public OptionalLong memoryBytes() throws IOException {
    var used = number("memory.current");
    if (used.isPresent()) {
      return less(used, counter("memory.stat", "inactive_file"));
    }
    return less(number("memory.usage_in_bytes"), counter("memory.stat", "total_inactive_file"));
  }

  /**
   * Ends what is in it, and removes it.
   *
   * @param kill takes a pid
   */
  public void remove(LongConsumer kill) throws IOException, InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    for (int pause = 1; !removed(kill); pause = Math.min(2 * pause, 50)) {
      if (System.nanoTime() > deadline) {
        throw new HostFaultException("a cgroup cannot be removed: " + folders);
      }
      Thread.sleep(pause);
    }
    // The group of the host goes with its last run; the kernel keeps one that is not empty.
    folders.forEach(folder -> folder.toFile().getParentFile().delete());
  }

  private boolean removed(LongConsumer kill) throws IOException {
    boolean all = true;
    for (var folder : folders) {
      all &= removed(folder, kill);
    }
    return all;
  }

  // Its own program may have made cgroups in it, where it runs as root.
  private static boolean removed(Path folder, LongConsumer kill) throws IOException {
    try (var entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
      for (var entry : entries) {
        removed(entry, kill);
      }
      lines(folder.resolve("cgroup.procs")).mapToLong(Long::parseLong).forEach(kill);
    } catch (NoSuchFileException e) {
      return true;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    // The kernel says no while a process in it has not quite ended.
    return folder.toFile().delete() || !Files.exists(folder);
  }

  private static OptionalLong less(OptionalLong total, OptionalLong part) {
    return total.isEmpty()
        ? total
        : OptionalLong.of(Math.max(0, total.getAsLong() - part.orElse(0)));
  }

  private OptionalLong number(String file) throws IOException {
    return lines(file).mapToLong(Long::parseLong).findFirst();
  }

  private OptionalLong counter(String file, String name) throws IOException {
    var start = name + " ";
    return lines(file)
        .filter(line -> line.startsWith(start))
        .mapToLong(line -> Long.parseLong(line.substring(start.length()).strip()))
        .findFirst();
  }

  private Stream<String> lines(String name) throws IOException {
    var file = file(name);
    return file.isPresent() ? lines(file.get()) : Stream.empty();
  }

  private static Stream<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file).stream();
    } catch (NoSuchFileException e) {
      return Stream.empty();
    }
  }

  private Optional<Path> file(String name) {
    return folders.stream().map(folder -> folder.resolve(name)).filter(Files::exists).findFirst();
  }

  private void set(String value, String... names) throws IOException {
    for (var name : names) {
      if (setIfThere(value, name)) {
        return;
      }
    }
    throw new IOException("%s has no %s".formatted(folders, String.join(" nor ", names)));
  }

  private boolean setIfThere(String value, String name) throws IOException {
    var file = file(name);
    if (file.isPresent()) {
      Files.writeString(file.get(), value, WRITE, TRUNCATE_EXISTING);
    }
    return file.isPresent();
  }
}
