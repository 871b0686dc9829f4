package dev.muster.worker.driver.process;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Files of the owner that are there whole or not at all, and stay after a power cut. */
final class AtomicFile {

  private static final FileAttribute<Set<PosixFilePermission>> FOR_OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private AtomicFile() {}

  static void write(Path file, byte[] content) throws IOException {
    // Another worker of this machine may write the same file at the same time.
    var mark = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
    var next = file.resolveSibling("%s.%s.tmp".formatted(file.getFileName(), mark));
    try (var channel = FileChannel.open(next, Set.of(CREATE_NEW, WRITE), FOR_OWNER)) {
      var bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      // Where the disk is full, what there is of it must not take room, too.
      Files.deleteIfExists(next);
      throw e;
    }
    Files.move(next, file, ATOMIC_MOVE);
    try (var folder = FileChannel.open(file.resolveSibling(""), READ)) {
      folder.force(true);
    }
  }
}
