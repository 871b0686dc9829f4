package dev.muster.worker.driver.process.cgroup;

import dev.muster.events.instance.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the cgroups of one host's runs are: in a group of the host, below the cgroup that this
 * process is in.
 */
public final class Cgroups {

  private static final List<String> V1_CONTROLLERS = List.of("cpu", "cpuacct", "memory", "pids");
  private static final Map<String, String> LIMITS =
      Map.of("cpu", "cpus", "memory", "memory_mb", "pids", "pids");

  private final String host;
  private final Map<String, Path> bases;
  private final String obstacle;

  /**
   * @param bases the folder to make groups in, by controller
   * @param obstacle why a controller is not there; empty when all are
   */
  private Cgroups(String host, Map<String, Path> bases, String obstacle) {
    this.host = host;
    this.bases = bases;
    this.obstacle = obstacle;
  }

  /**
   * @param host names the host's group, on the whole machine
   */
  public static Cgroups open(String host) {
    return open(host, Path.of("/"));
  }

  static Cgroups open(String host, Path root) {
    try {
      var mounts = Mounts.read(root);
      var unified = mounts.unified().map(CgroupV2Root::prepare);
      if (unified.isPresent() && unified.get().hasControllers()) {
        return of(host, unified.get().bases(), unified.get().obstacle());
      }
      return versionOne(host, mounts, unified.map(CgroupV2Root::obstacle).orElse(""));
    } catch (IOException e) {
      return new Cgroups(host, Map.of(), "cgroups cannot be looked at: " + e);
    }
  }

  private static Cgroups versionOne(String host, Mounts mounts, String obstacle) {
    var bases = new HashMap<String, Path>();
    var refused = new TreeSet<String>();
    for (var controller : V1_CONTROLLERS) {
      var base = mounts.controllers().get(controller);
      if (base != null && Files.isWritable(base)) {
        bases.put(controller, base);
      } else if (base != null) {
        refused.add(base + " is not writable");
      }
    }
    return of(host, bases, refused.isEmpty() ? obstacle : String.join(", ", refused));
  }

  private static Cgroups of(String host, Map<String, Path> bases, String obstacle) {
    var complete = bases.keySet().containsAll(LIMITS.keySet());
    var why = obstacle.isEmpty() ? "the machine has no cgroup controllers" : obstacle;
    return new Cgroups(host, Map.copyOf(bases), complete ? "" : why);
  }

  /** The bounds that runs can be held to, by the names of the API. */
  public Set<String> limits() {
    var limits = new TreeSet<String>();
    LIMITS.forEach(
        (controller, limit) -> {
          if (bases.containsKey(controller)) {
            limits.add(limit);
          }
        });
    return limits;
  }

  /** Why it is not all of them; empty when it is. */
  public String obstacle() {
    return obstacle;
  }

  /** Makes a cgroup that holds its processes to those bounds; none where the machine has none. */
  public Optional<Cgroup> make(String run, Limits limits) throws IOException {
    if (bases.isEmpty()) {
      return Optional.empty();
    }
    var folders = new LinkedHashSet<Path>();
    for (var base : new TreeSet<>(bases.values())) {
      folders.add(make(base, run));
    }
    var cgroup = new Cgroup(List.copyOf(folders));
    cgroup.limit(limits);
    return Optional.of(cgroup);
  }

  // Whoever removes the last run of a host removes the group of the host, maybe just now.
  private Path make(Path base, String run) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        var group = Files.createDirectories(base.resolve(host));
        CgroupV2Root.enable(group);
        return Files.createDirectories(group.resolve(run));
      } catch (NoSuchFileException e) {
        if (attempt == 3) {
          throw e;
        }
      }
    }
  }

  /** The runs that have a cgroup here, whether or not the host knows of them. */
  public Map<String, Cgroup> all() throws IOException {
    var folders = new HashMap<String, List<Path>>();
    for (var base : Set.copyOf(bases.values())) {
      for (var folder : below(base.resolve(host))) {
        folders.computeIfAbsent("" + folder.getFileName(), _ -> new ArrayList<>()).add(folder);
      }
    }
    var all = new HashMap<String, Cgroup>();
    folders.forEach((run, found) -> all.put(run, new Cgroup(found)));
    return all;
  }

  private static Collection<Path> below(Path group) throws IOException {
    try (var entries = Files.newDirectoryStream(group, Files::isDirectory)) {
      var found = new ArrayList<Path>();
      entries.forEach(found::add);
      return found;
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
