package dev.muster.worker.driver.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.muster.events.codec.Json;
import dev.muster.events.codec.UnreadableMessageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a host keeps on disk:
 *
 * <pre>
 * locks                    one byte for each instance, see HostLocks
 * scripts/                 the supervisor
 * fences/ID                newest task seen of an instance that is gone
 * ID/state.json            see InstanceRecord
 * ID/out/out.log           what it printed; what is old is a hole
 * ID/out/out.taken         see Taken; both are in ID itself where no user of its own has run yet
 * ID/work                  its own folder
 * ID/tmp                   its /tmp and /var/tmp, where it has those for its own
 * ID/runs/SEQUENCE         see RunFolder
 * left/ID                  out.log and out.taken of an instance that is gone, until all is taken
 * </pre>
 */
final class HostFolder {

  private static final Logger log = LoggerFactory.getLogger(HostFolder.class);

  private static final Pattern ID = Pattern.compile("inst_[a-z0-9]{1,64}");

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> PASSED =
      PosixFilePermissions.fromString("rwx--x--x");
  private static final Set<PosixFilePermission> OWNERS_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> FOR_OWNER =
      PosixFilePermissions.asFileAttribute(OWNER_ONLY);

  private final Path root;

  HostFolder(Path root) throws IOException {
    this.root = make(root).toRealPath();
    Files.createDirectories(this.root.resolve("fences"), FOR_OWNER);
    Files.createDirectories(this.root.resolve("left"), FOR_OWNER);
  }

  /** Makes a folder above those of hosts, which others pass where instances are others. */
  static void makePassable(Path hosts) throws IOException {
    make(hosts);
    var mode = Files.getPosixFilePermissions(hosts);
    if (OsProcess.isRoot() && mode.add(PosixFilePermission.OTHERS_EXECUTE)) {
      Files.setPosixFilePermissions(hosts, mode);
    }
  }

  private static Path make(Path folder) throws IOException {
    return Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PASSED));
  }

  Path root() {
    return root;
  }

  /** Lets nobody else into the host's folder. */
  void close() throws IOException {
    Files.setPosixFilePermissions(root, OWNER_ONLY);
  }

  /** Lets instances pass to their own folders; the others and the host's files stay closed. */
  void letPass() throws IOException {
    Files.setPosixFilePermissions(root.resolve("fences"), OWNER_ONLY);
    Files.setPosixFilePermissions(root.resolve("left"), OWNER_ONLY);
    if (Files.exists(locks())) {
      Files.setPosixFilePermissions(locks(), OWNERS_FILE);
    }
    Files.setPosixFilePermissions(root, PASSED);
  }

  void close(String instanceId) throws IOException {
    Files.setPosixFilePermissions(instance(instanceId), OWNER_ONLY);
  }

  /** Keeps from an instance all of its folder but its own part. */
  void hide(String instanceId) throws IOException {
    var instance = instance(instanceId);
    var runs = Files.createDirectories(instance.resolve("runs"));
    Files.setPosixFilePermissions(runs, OWNER_ONLY);
    Files.setPosixFilePermissions(state(instanceId), OWNERS_FILE);
    if (!Files.isDirectory(hiddenLog(instanceId).resolveSibling(""))) {
      hideLog(instance);
    }
  }

  void letPass(String instanceId) throws IOException {
    Files.setPosixFilePermissions(instance(instanceId), PASSED);
  }

  // The instance cannot reach the file by its path.
  private static void hideLog(Path instance) throws IOException {
    var next = Files.createDirectories(instance.resolve("out.new"), FOR_OWNER);
    for (var name : List.of("out.log", "out.taken")) {
      if (Files.exists(instance.resolve(name), NOFOLLOW_LINKS)) {
        Files.move(instance.resolve(name), next.resolve(name), ATOMIC_MOVE);
      }
    }
    Files.move(next, instance.resolve("out"), ATOMIC_MOVE);
  }

  /** Whether this can be an instance's id, and so the name of its folder. */
  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  Path locks() {
    return root.resolve("locks");
  }

  Path scripts() {
    return root.resolve("scripts");
  }

  Path instance(String instanceId) {
    return root.resolve(instanceId);
  }

  Path work(String instanceId) {
    return instance(instanceId).resolve("work");
  }

  Path tmp(String instanceId) {
    return instance(instanceId).resolve("tmp");
  }

  void makeTmp(String instanceId) throws IOException {
    Files.createDirectories(tmp(instanceId), FOR_OWNER);
  }

  Path log(String instanceId) {
    var hidden = hiddenLog(instanceId);
    return Files.isDirectory(hidden.resolveSibling(""))
        ? hidden
        : instance(instanceId).resolve("out.log");
  }

  private Path hiddenLog(String instanceId) {
    return instance(instanceId).resolve("out/out.log");
  }

  /** Beside a log: how much of it was taken. */
  static Path taken(Path log) {
    return log.resolveSibling("out.taken");
  }

  /** The instances that have a folder, readable or not. */
  Set<String> there() throws IOException {
    return names(root);
  }

  /** The removed instances whose last output was not taken. */
  Set<String> left() throws IOException {
    return names(root.resolve("left"));
  }

  boolean isLeft(String instanceId) {
    return Files.isDirectory(leftOf(instanceId));
  }

  Path leftLog(String instanceId) {
    return leftOf(instanceId).resolve("out.log");
  }

  Instant leftAt(String instanceId) throws IOException {
    return Files.getLastModifiedTime(leftOf(instanceId)).toInstant();
  }

  void leave(String instanceId, Path packed) throws IOException {
    Files.move(packed, leftOf(instanceId), ATOMIC_MOVE);
  }

  void removeLeft(String instanceId) throws IOException {
    FileTree.delete(leftOf(instanceId));
  }

  private Path leftOf(String instanceId) {
    return root.resolve("left").resolve(instanceId);
  }

  private static Set<String> names(Path place) throws IOException {
    var names = new HashSet<String>();
    try (var entries = Files.newDirectoryStream(place, "inst_*")) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    }
    return names;
  }

  RunFolder run(String instanceId, ProcessRun run) {
    return new RunFolder(instance(instanceId).resolve("runs").resolve("" + run.sequence()));
  }

  boolean holds(String instanceId) {
    return Files.exists(state(instanceId));
  }

  Optional<InstanceRecord> read(String instanceId) throws IOException {
    try {
      return Optional.of(Json.read(Files.readAllBytes(state(instanceId)), InstanceRecord.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  void write(InstanceRecord instance) throws IOException {
    Files.createDirectories(work(instance.instanceId()), FOR_OWNER);
    AtomicFile.write(state(instance.instanceId()), Json.write(instance));
  }

  List<InstanceRecord> all() throws IOException {
    var found = new ArrayList<InstanceRecord>();
    try (var entries = Files.newDirectoryStream(root, "inst_*")) {
      for (var entry : entries) {
        readable(entry.getFileName().toString()).ifPresent(found::add);
      }
    }
    return found;
  }

  // One damaged file must not hide the other instances.
  Optional<InstanceRecord> readable(String instanceId) throws IOException {
    try {
      return read(instanceId);
    } catch (UnreadableMessageException e) {
      log.error(
          "state.json is damaged, delete the instance instance_id={} folder={}",
          instanceId,
          instance(instanceId),
          e);
      return Optional.empty();
    }
  }

  /** Deletes what the instance has in its own part. Needs no room on the disk. */
  boolean free(String instanceId) throws IOException {
    for (var part : List.of(work(instanceId), tmp(instanceId))) {
      if (Files.isDirectory(part, NOFOLLOW_LINKS)) {
        FileTree.deleteFiles(part);
      }
    }
    return true;
  }

  void remove(String instanceId) throws IOException {
    FileTree.delete(instance(instanceId));
  }

  /** The newest task seen of an instance that is gone; 0 when none is remembered. */
  long fence(String instanceId) throws IOException {
    try {
      return Long.parseLong(Files.readString(fenceOf(instanceId)));
    } catch (NoSuchFileException e) {
      return 0;
    } catch (NumberFormatException e) {
      throw new IOException(fenceOf(instanceId) + " should hold a number", e);
    }
  }

  void fence(String instanceId, long sequence) throws IOException {
    AtomicFile.write(fenceOf(instanceId), Long.toString(sequence).getBytes(UTF_8));
  }

  void pruneFences(Instant before) throws IOException {
    try (var entries = Files.newDirectoryStream(root.resolve("fences"))) {
      for (var entry : entries) {
        if (Files.getLastModifiedTime(entry).toInstant().isBefore(before)) {
          Files.deleteIfExists(entry);
        }
      }
    }
  }

  private Path fenceOf(String instanceId) {
    return root.resolve("fences").resolve(instanceId);
  }

  private Path state(String instanceId) {
    return instance(instanceId).resolve("state.json");
  }
}
