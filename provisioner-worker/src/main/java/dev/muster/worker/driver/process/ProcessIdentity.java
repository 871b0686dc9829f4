package dev.muster.worker.driver.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that cannot be mistaken for a later one with the same pid.
 *
 * @param startTicks when it started, in clock ticks since the boot
 */
record ProcessIdentity(long pid, long startTicks, String bootId) {

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /** Reads {@code pid start-time boot-id}; empty when there is no such file. */
  static Optional<ProcessIdentity> read(Path file) throws IOException {
    try {
      var parts = Files.readString(file).strip().split(" ");
      if (parts.length != 3) {
        throw new IOException(file + " should hold 'pid start boot', and has " + parts.length);
      }
      return Optional.of(
          new ProcessIdentity(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (NumberFormatException e) {
      throw new IOException(file + " should begin with two numbers", e);
    }
  }

  /** That process, or empty when it is gone; one that waits to be reaped is gone. */
  Optional<OsProcess> find() throws IOException {
    return bootId.equals(currentBoot()) ? OsProcess.read(pid).filter(this::is) : Optional.empty();
  }

  boolean is(OsProcess process) {
    return process.pid() == pid && process.startTicks() == startTicks && process.alive();
  }

  boolean ofThisBoot() throws IOException {
    return bootId.equals(currentBoot());
  }

  static String currentBoot() throws IOException {
    return Files.readString(BOOT_ID).strip();
  }
}
