package dev.muster.worker.driver.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.muster.worker.driver.Output;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What instances print, until it was taken; that of removed ones is left in a place of its own. */
final class InstanceOutputs {

  private static final Logger log = LoggerFactory.getLogger(InstanceOutputs.class);

  private final HostFolder folder;

  /** The size at which nothing was left to take, so that silent instances cost one look each. */
  private final Map<String, Long> silentAt = new ConcurrentHashMap<>();

  InstanceOutputs(HostFolder folder) {
    this.folder = folder;
  }

  List<String> printing() throws IOException {
    var found = new ArrayList<>(folder.left());
    var there = folder.there();
    for (var instanceId : there) {
      var size = size(folder.log(instanceId));
      if (size > 0 && size != silentAt.getOrDefault(instanceId, 0L)) {
        found.add(instanceId);
      }
    }
    silentAt.keySet().retainAll(there);
    return found;
  }

  Optional<Output> untaken(String instanceId, int atMost) throws IOException {
    var isLeft = folder.isLeft(instanceId);
    var file = file(instanceId);
    // Here as well: a host is looked at less often while its ends cannot be reported.
    OutputLog.bound(file, HostFolder.taken(file));
    var size = size(file);
    var taken = OutputCursor.read(HostFolder.taken(file)).within(size);
    var lost = size - taken.position() > OutputLog.MOST;
    var from = lost ? size - OutputLog.KEPT : taken.position();
    if (from == size && !isLeft) {
      silentAt.put(instanceId, size);
      return Optional.empty();
    }
    var bytes = read(file, from, (int) Math.min(atMost, size - from));
    return Optional.of(
        new Output(
            instanceId,
            taken.base() + from,
            from - taken.position(),
            bytes,
            isLeft && from + bytes.length == size));
  }

  List<String> havePrinted() throws IOException {
    var found = new ArrayList<String>();
    for (var instanceId : folder.there()) {
      if (size(folder.log(instanceId)) > 0) {
        found.add(instanceId);
      }
    }
    return found;
  }

  Optional<Output> takenBefore(String instanceId, int atMost) throws IOException {
    var file = folder.log(instanceId);
    var taken = OutputCursor.read(HostFolder.taken(file)).within(size(file));
    var from = Math.max(0, taken.position() - Math.min(atMost, OutputLog.KEPT));
    var bytes = read(file, from, (int) (taken.position() - from));
    int begin = 0;
    while (from > 0 && begin < bytes.length && (begin == 0 || bytes[begin - 1] != '\n')) {
      begin++;
    }
    return begin == bytes.length
        ? Optional.empty()
        : Optional.of(
            new Output(
                instanceId,
                taken.base() + from + begin,
                0,
                Arrays.copyOfRange(bytes, begin, bytes.length),
                false));
  }

  void taken(Output output, int count) throws IOException {
    if (output.last() && count == output.bytes().length) {
      folder.removeLeft(output.instanceId());
      return;
    }
    var file = file(output.instanceId());
    var size = size(file);
    try {
      var before = OutputCursor.read(HostFolder.taken(file)).within(size);
      before.to(output.offset() + count).write(HostFolder.taken(file));
    } catch (NoSuchFileException e) {
      log.debug("removed meanwhile instance_id={}", output.instanceId(), e);
    }
  }

  /** Puts what a removed instance has printed aside, all at once, until it is taken. */
  void leave(String instanceId) throws IOException {
    if (!Files.exists(folder.instance(instanceId)) || folder.isLeft(instanceId)) {
      return;
    }
    var file = folder.log(instanceId);
    var packed = file.resolveSibling("left");
    if (!Files.isDirectory(packed, NOFOLLOW_LINKS)) {
      // The instance may have put something of its own there.
      FileTree.delete(packed);
    }
    Files.createDirectories(packed);
    for (var part : List.of(HostFolder.taken(file), file)) {
      if (Files.exists(part)) {
        Files.move(part, packed.resolve(part.getFileName()), ATOMIC_MOVE);
      }
    }
    folder.leave(instanceId, packed);
  }

  /** Gives up what nobody has taken for long. */
  void prune(Instant before) throws IOException {
    for (var instanceId : folder.left()) {
      if (folder.leftAt(instanceId).isBefore(before)) {
        log.warn("nobody took the last output of a removed instance instance_id={}", instanceId);
        folder.removeLeft(instanceId);
      }
    }
  }

  private Path file(String instanceId) {
    return folder.isLeft(instanceId) ? folder.leftLog(instanceId) : folder.log(instanceId);
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private static byte[] read(Path file, long from, int count) throws IOException {
    var bytes = new byte[count];
    if (count > 0) {
      try (var reader = new RandomAccessFile(file.toFile(), "r")) {
        reader.seek(from);
        reader.readFully(bytes);
      }
    }
    return bytes;
  }
}
