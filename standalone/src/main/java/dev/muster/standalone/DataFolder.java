package dev.muster.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.infrastructure.Folders;
import dev.muster.ops.launch.StartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Where everything is kept; one process at a time has it. */
final class DataFolder implements AutoCloseable {

  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the folder when missing and takes it for this process.
   *
   * @throws StartException when that cannot be, saying why
   */
  static DataFolder open(Path path) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new StartException(
          "the data folder %s is a file; choose another with --data".formatted(path));
    }
    try {
      Folders.ownerOnly(path);
      var channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw new StartException(inUse(path));
      }
      var folder = new DataFolder(path, channel);
      folder.writePid();
      if (FileModes.isRoot()) {
        folder.letInstancesPass();
      }
      return folder;
    } catch (IOException e) {
      throw new StartException(
          "the data folder %s cannot be written: %s".formatted(path, reason(e)), e);
    }
  }

  Path path() {
    return path;
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(pidFile(path));
    lock.close();
  }

  /** Instances run as other users: they pass to their own folders, and can open nothing else. */
  private void letInstancesPass() throws IOException {
    FileModes.forOwnerFromNowOn();
    var hosts = Files.createDirectories(resolve("hosts"));
    try (var entries = Files.newDirectoryStream(path)) {
      for (var entry : entries) {
        if (!entry.equals(hosts)) {
          FileModes.closeToOthers(entry);
        }
      }
    }
    FileModes.letOthersPass(hosts);
    FileModes.letOthersPass(path);
  }

  /** The pid and when it started, so that nobody takes a later process for this one. */
  private void writePid() throws IOException {
    var stat = Files.readString(Path.of("/proc/self/stat"));
    var afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    Files.writeString(
        pidFile(path), "%d %s%n".formatted(ProcessHandle.current().pid(), afterName[19]), UTF_8);
  }

  private static String inUse(Path path) {
    return "the data folder %s is already in use by pid %s".formatted(path, holder(path));
  }

  private static String holder(Path path) {
    try {
      return Files.readString(pidFile(path)).split(" ", 2)[0];
    } catch (IOException e) {
      return "(unknown)";
    }
  }

  private static Path pidFile(Path path) {
    return path.resolve("muster.pid");
  }

  private static @Nullable String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied";
      case FileSystemException f when f.getReason() != null -> f.getReason();
      default -> e.getMessage();
    };
  }
}
