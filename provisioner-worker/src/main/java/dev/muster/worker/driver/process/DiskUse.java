package dev.muster.worker.driver.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much the work folders hold, and what instances have as /tmp. Measured beside the watch, one
 * folder at a time: a huge one must not delay what is said of other instances.
 */
final class DiskUse {

  private static final Logger log = LoggerFactory.getLogger(DiskUse.class);

  /** A figure that takes longer or counts more would be old before it is whole. */
  private static final long TIME_LIMIT = Duration.ofSeconds(10).toNanos();

  private static final int ENTRY_LIMIT = 1_000_000;

  private final ThreadPoolExecutor measuring =
      new ThreadPoolExecutor(
          1,
          1,
          1,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("disk-use-", 0).factory());

  /** A large folder is looked at more rarely, so that looking takes a small part of one core. */
  private static final int REST = 20;

  private final Map<String, Measured> known = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  private final ToLongFunction<Path> measure;

  DiskUse() {
    this(work -> bytes(work) + bytes(work.resolveSibling("tmp")));
  }

  DiskUse(ToLongFunction<Path> measure) {
    this.measure = measure;
    measuring.allowCoreThreadTimeOut(true);
  }

  /** Bytes as of the look before, 0 when there was none; asks for another look. */
  long latest(String instanceId, Path work) {
    var before = known.get(instanceId);
    var due = before == null || System.nanoTime() - before.next() >= 0;
    if (due && asked.add(instanceId)) {
      measuring.execute(() -> measure(instanceId, work));
    }
    return before == null ? 0 : before.bytes();
  }

  private record Measured(long bytes, long next) {}

  void forget(String instanceId) {
    asked.remove(instanceId);
    known.remove(instanceId);
  }

  private void measure(String instanceId, Path work) {
    try {
      var begun = System.nanoTime();
      var bytes = measure.applyAsLong(work);
      var end = System.nanoTime();
      known.put(instanceId, new Measured(bytes, end + REST * (end - begun)));
    } catch (RuntimeException | Error e) {
      log.error("the work folder cannot be measured instance_id={}", instanceId, e);
    } finally {
      if (!asked.remove(instanceId)) {
        // It was forgotten meanwhile.
        known.remove(instanceId);
      }
    }
  }

  /**
   * On disk for the files below it, each inode once, following no links; what cannot be read is
   * nothing.
   */
  static long bytes(Path root) {
    var deadline = System.nanoTime() + TIME_LIMIT;
    var open = new ArrayDeque<Path>();
    var linked = new HashSet<FileBlocks.Inode>();
    open.add(root);
    long bytes = 0;
    for (int entries = 0; !open.isEmpty(); ) {
      try (var folder = Files.newDirectoryStream(open.pop())) {
        for (var entry : folder) {
          if (++entries > ENTRY_LIMIT || System.nanoTime() - deadline > 0) {
            return bytes;
          }
          if (Files.isDirectory(entry, NOFOLLOW_LINKS)) {
            open.push(entry);
          } else {
            bytes +=
                FileBlocks.of(entry)
                    .filter(file -> file.isNew(linked))
                    .map(FileBlocks::bytes)
                    .orElse(0L);
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        // The instance may be changing it, or may have locked it.
        continue;
      }
    }
    return bytes;
  }
}
