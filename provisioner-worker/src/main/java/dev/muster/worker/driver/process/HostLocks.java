package dev.muster.worker.driver.process;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.muster.worker.driver.HostFaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Mutual exclusion per instance, across threads and across the workers of this machine: one locked
 * byte of one file for each. The kernel lets go when a worker dies.
 */
final class HostLocks {

  /** The whole host; the other bytes are the instances'. */
  private static final long HOST = 0;

  private static final long LAST = Long.MAX_VALUE >>> 1;

  // Closing any channel of a file drops all locks that this process has on it, so there is only
  // one channel for each file, and it stays open.
  private static final Map<Path, FileChannel> CHANNELS = new ConcurrentHashMap<>();

  // Who can open it can hold a lock, and keep the platform waiting.
  private static final FileAttribute<Set<PosixFilePermission>> FOR_OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final FileChannel channel;

  HostLocks(Path file) {
    this.channel = CHANNELS.computeIfAbsent(file.toAbsolutePath().normalize(), HostLocks::open);
  }

  /** Waits for the instance; close what it returns. */
  FileLock instance(String instanceId, Duration patience) throws InterruptedException {
    return await(byteOf(instanceId), patience);
  }

  /** The instance if nobody has it now. */
  Optional<FileLock> instanceNow(String instanceId) {
    return attempt(byteOf(instanceId));
  }

  /** Waits for the host's count of places. */
  FileLock host(Duration patience) throws InterruptedException {
    return await(HOST, patience);
  }

  private FileLock await(long position, Duration patience) throws InterruptedException {
    var deadline = System.nanoTime() + patience.toNanos();
    for (int pause = 1; ; pause = Math.min(2 * pause, 32)) {
      var lock = attempt(position);
      if (lock.isPresent()) {
        return lock.get();
      }
      if (System.nanoTime() > deadline) {
        throw new HostFaultException("another task holds it for longer than " + patience);
      }
      Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(pause) + 1L));
    }
  }

  private Optional<FileLock> attempt(long position) {
    try {
      return Optional.ofNullable(channel.tryLock(position, 1, false));
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new HostFaultException("cannot lock: " + e.getMessage(), e);
    }
  }

  private static long byteOf(String instanceId) {
    long hash = 1;
    for (int i = 0; i < instanceId.length(); i++) {
      hash = hash * 1_099_511_628_211L + instanceId.charAt(i);
    }
    // The lowest bits tell the ids of one millisecond apart.
    return Math.max(1, hash & LAST);
  }

  private static FileChannel open(Path file) {
    try {
      return FileChannel.open(file, Set.of(CREATE, WRITE), FOR_OWNER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
