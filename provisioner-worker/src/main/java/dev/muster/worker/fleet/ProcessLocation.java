package dev.muster.worker.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Where a process is: {@code boot/pid-namespace/pid/start}. Whoever sees the same processes can
 * tell at once that a predecessor on this machine is dead; of any other place nothing is known.
 */
final class ProcessLocation {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

  private ProcessLocation() {}

  static String own() {
    var self = ProcessHandle.current();
    return "%s/%d/%d".formatted(place(), self.pid(), start(self));
  }

  /** Whether the process of that incarnation was here, and is no more. */
  static boolean isGone(String incarnation) {
    var parts = incarnation.split("/");
    if (parts.length != 5 || !place().equals(parts[0] + "/" + parts[1])) {
      return false;
    }
    try {
      var pid = Long.parseLong(parts[2]);
      var start = Long.parseLong(parts[3]);
      return ProcessHandle.of(pid).filter(process -> start(process) == start).isEmpty();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String place() {
    try {
      var namespace = Files.readSymbolicLink(NAMESPACE).toString();
      return Files.readString(BOOT).strip() + "/" + namespace;
    } catch (IOException e) {
      return "unknown/" + ProcessHandle.current().pid();
    }
  }
}
