package dev.muster.worker.driver.process.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A cgroup of version 2 that others can be made in. One that gives controllers to others must have
 * no process of its own, so this process moves to a leaf of it.
 *
 * @param obstacle why it has no controllers; empty when it has
 */
record CgroupV2Root(Path base, Set<String> controllers, String obstacle) {

  /** As systemd's {@code DelegateSubgroup} may name it, too. */
  static final String LEAF = "muster-platform";

  private static final Set<String> WANTED = Set.of("cpu", "memory", "pids");
  private static final String SUBTREE = "cgroup.subtree_control";

  static CgroupV2Root prepare(Path own) {
    var base = own.endsWith(LEAF) ? own.resolveSibling("") : own;
    try {
      var offered = words(base.resolve("cgroup.controllers"));
      if (offered.stream().noneMatch(WANTED::contains)) {
        return none(base, "%s has no controllers".formatted(base));
      }
      if (!Files.isWritable(base) || !Files.isWritable(base.resolve(SUBTREE))) {
        return none(base, "%s is not writable".formatted(base));
      }
      // The root of all has no type, and may have processes.
      if (Files.exists(base.resolve("cgroup.type")) && !makeRoom(base)) {
        return none(
            base,
            "%s has processes of others; give the platform a cgroup of its own (systemd: Delegate=yes)"
                .formatted(base));
      }
      enable(base);
      return new CgroupV2Root(base, wanted(offered), "");
    } catch (IOException e) {
      return none(base, "%s gives no controllers: %s".formatted(base, e));
    }
  }

  private static CgroupV2Root none(Path base, String obstacle) {
    return new CgroupV2Root(base, Set.of(), obstacle);
  }

  boolean hasControllers() {
    return !controllers.isEmpty();
  }

  Map<String, Path> bases() {
    var bases = new HashMap<String, Path>();
    controllers.forEach(controller -> bases.put(controller, base));
    return bases;
  }

  /** Gives those below a cgroup the controllers that it has; nothing in version 1. */
  static void enable(Path group) throws IOException {
    var subtree = group.resolve(SUBTREE);
    if (Files.exists(subtree)) {
      var missing = wanted(words(group.resolve("cgroup.controllers")));
      missing.removeAll(words(subtree));
      if (!missing.isEmpty()) {
        var change = missing.stream().map(c -> "+" + c).collect(Collectors.joining(" "));
        Files.writeString(subtree, change, StandardOpenOption.WRITE);
      }
    }
  }

  // What others have there is left where it is.
  private static boolean makeRoom(Path base) throws IOException {
    var there = words(base.resolve("cgroup.procs"));
    var self = ProcessHandle.current();
    var own = self.descendants().map(p -> "" + p.pid()).collect(Collectors.toSet());
    own.add("" + self.pid());
    if (!own.containsAll(there)) {
      return false;
    }
    var leaf = Files.createDirectories(base.resolve(LEAF));
    for (var pid : there) {
      Files.writeString(leaf.resolve("cgroup.procs"), pid);
    }
    return true;
  }

  private static Set<String> wanted(Set<String> controllers) {
    return controllers.stream().filter(WANTED::contains).collect(Collectors.toSet());
  }

  private static Set<String> words(Path file) throws IOException {
    try {
      var lines = Files.readAllLines(file);
      return lines.stream()
          .flatMap(line -> Arrays.stream(line.split(" ")))
          .filter(word -> !word.isEmpty())
          .collect(Collectors.toSet());
    } catch (NoSuchFileException e) {
      return Set.of();
    }
  }
}
