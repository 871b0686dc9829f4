package dev.muster.worker.driver.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run leaves on disk: {@code supervisor}, {@code collector} and {@code pid} say who they
 * are, {@code exit} the status, {@code reason} why the host ended it, {@code stop} that and when it
 * was asked to end. It prints into {@code pipe}. The folder itself is the claim: whoever makes it
 * owns the run.
 */
record RunFolder(Path path) {

  /** Claims the run. False when somebody else has; true also means that nothing will start it. */
  boolean claim() throws IOException {
    try {
      Files.createDirectories(path.resolveSibling(""));
      Files.createDirectory(path);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  boolean claimed() {
    return Files.isDirectory(path);
  }

  /** Undoes a claim whose owner is known to be dead. */
  void discardClaim() throws IOException {
    FileTree.delete(path);
  }

  /** The command's first process, once it was started; it has the pid of the command itself. */
  Optional<ProcessIdentity> main() throws IOException {
    return ProcessIdentity.read(path.resolve("pid"));
  }

  /** The shell that waits for it, and leads its session. */
  Optional<ProcessIdentity> supervisor() throws IOException {
    return ProcessIdentity.read(path.resolve("supervisor"));
  }

  /** Who copies what it prints to the log. */
  Optional<ProcessIdentity> collector() throws IOException {
    return ProcessIdentity.read(path.resolve("collector"));
  }

  Optional<ExitStatus> exitStatus() throws IOException {
    return ExitStatus.read(path.resolve("exit"));
  }

  /** Why the host ended it, when it did. */
  Optional<String> reason() throws IOException {
    try {
      return Optional.of(Files.readString(path.resolve("reason")));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  void reason(String reason) throws IOException {
    AtomicFile.write(path.resolve("reason"), reason.getBytes(UTF_8));
  }

  /** When the main process was asked to end, if it was. */
  Optional<Instant> askedToStop() throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(path.resolve("stop")).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  void noteAskedToStop() throws IOException {
    Files.createFile(path.resolve("stop"));
  }

  /** The script that becomes whatever it is given, with the environment of the command. */
  Path environment() {
    return path.resolveSibling(path.getFileName() + ".env.sh");
  }

  /** The script that becomes the command. */
  Path script() {
    return path.resolveSibling(path.getFileName() + ".sh");
  }

  /** The script that joins the cgroup of the run. */
  Path join() {
    return path.resolveSibling(path.getFileName() + ".join.sh");
  }

  /** What the command sees of the machine's files, as supervise.sh mounts it. */
  Path mounts() {
    return path.resolveSibling(path.getFileName() + ".mounts");
  }

  /** Whether it was started with namespaces of its own. */
  boolean hasNamespaces() {
    return Files.exists(mounts());
  }
}
