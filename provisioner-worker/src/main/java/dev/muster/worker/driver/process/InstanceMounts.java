package dev.muster.worker.driver.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an instance with a namespace of mounts sees of the machine's files, as lines of an fstab.
 * Its work folder is not among them: supervise.sh mounts it where it always is, in what is hidden.
 *
 * @param hidden folders that are empty for it
 */
record InstanceMounts(Namespaces namespaces, List<Path> hidden) {

  /** Small: there is nothing in it but the way to the work folder. */
  private static final String EMPTY = "size=64k,mode=755";

  private static final String SHARED = "nosuid,nodev,mode=1777";

  /** Where any user of the machine may write; with a namespace of users it is read-only. */
  private static final Path LOCKS = Path.of("/run/lock");

  private static final List<Path> TEMPORARY = List.of(Path.of("/tmp"), Path.of("/var/tmp"));

  /**
   * @param data the platform's folder
   * @param root the host's
   */
  static InstanceMounts of(Namespaces namespaces, Path data, Path root) throws IOException {
    var folders = new ArrayList<>(List.of(real(data), root));
    if (namespaces == Namespaces.USER) {
      folders.add(real(Path.of(System.getProperty("user.home"))));
      folders.add(Path.of("/run/user"));
    }
    return new InstanceMounts(
        namespaces, folders.stream().filter(InstanceMounts::canBeHidden).toList());
  }

  /**
   * @param tmp a folder of the instance, which is its /tmp and /var/tmp
   */
  String fstab(Path tmp) {
    var proc = namespaces == Namespaces.MOUNT ? ",hidepid=invisible" : "";
    var lines = new ArrayList<String>();
    TEMPORARY.stream()
        .filter(folder -> !tmp.startsWith(folder))
        .forEach(folder -> lines.add(line(tmp.toString(), folder, "none", "bind")));
    // A way to the work folder through a folder of the instance's own could be led elsewhere.
    TEMPORARY.stream()
        .filter(tmp::startsWith)
        .forEach(folder -> lines.add(line("muster", folder, "tmpfs", SHARED)));
    lines.add(line("muster", Path.of("/dev/shm"), "tmpfs", SHARED));
    lines.add(line("muster", Path.of("/proc"), "proc", "nosuid,nodev,noexec" + proc));
    if (namespaces == Namespaces.MOUNT && Files.isDirectory(LOCKS)) {
      lines.add(line("muster", LOCKS, "tmpfs", SHARED + ",size=1m"));
    }
    if (namespaces == Namespaces.USER) {
      // Terminals, too, belong to the user that all instances are.
      var own = "nosuid,noexec,newinstance,ptmxmode=0666,mode=620";
      lines.add(line("muster", Path.of("/dev/pts"), "devpts", own));
    }
    outermost().forEach(folder -> lines.add(line("muster", folder, "tmpfs", EMPTY)));
    return String.join("", lines);
  }

  private Stream<Path> outermost() {
    var above = Stream.concat(TEMPORARY.stream(), hidden.stream()).toList();
    return hidden.stream()
        .distinct()
        .filter(folder -> above.stream().noneMatch(a -> !a.equals(folder) && folder.startsWith(a)));
  }

  // Where the home folder is that of the whole machine, hiding it would leave nothing.
  private static boolean canBeHidden(Path folder) {
    return folder.getNameCount() > 0
        && Files.isDirectory(folder)
        && Stream.of("/usr", "/bin", "/etc", "/tmp", "/dev", "/proc")
            .noneMatch(needed -> Path.of(needed).startsWith(folder));
  }

  private static Path real(Path folder) throws IOException {
    return Files.isDirectory(folder) ? folder.toRealPath() : folder.toAbsolutePath().normalize();
  }

  private static String line(String source, Path target, String type, String options) {
    return "%s %s %s %s 0 0\n".formatted(escaped(source), escaped("" + target), type, options);
  }

  private static String escaped(String path) {
    return path.replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("\n", "\\012");
  }
}
