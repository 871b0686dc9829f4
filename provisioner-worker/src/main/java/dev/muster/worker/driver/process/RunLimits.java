package dev.muster.worker.driver.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.events.instance.Limits;
import dev.muster.worker.driver.HostLimits;
import dev.muster.worker.driver.process.cgroup.Cgroup;
import dev.muster.worker.driver.process.cgroup.Cgroups;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds the runs of a host to their limits: each is in a cgroup of its own, and its disk watched.
 */
final class RunLimits {

  /** What keeps an instance from taking all process ids of the machine. */
  private static final int MOST_PIDS = 512;

  private static final String PIDS = "pids";

  /** Of util-linux. */
  private static final String PER_USER = "prlimit";

  private final String host;
  private final String group;
  private final Cgroups cgroups;
  private final boolean countsByUser;
  private final Limits defaults;
  private final Limits maximum;

  /**
   * @param isUser whether each instance is a user of its own, so that the kernel counts its
   *     processes where it has no cgroup for that
   */
  RunLimits(String host, Path root, HostLimits configured, boolean isUser) {
    this.host = host;
    this.group = "muster-%s-%s".formatted(host.replaceAll("[^A-Za-z0-9.-]", "_"), hash(root));
    this.cgroups = Cgroups.open(group);
    this.countsByUser =
        isUser && !cgroups.limits().contains(PIDS) && HostRequirements.onPath(PER_USER);
    this.maximum = configured.maximum();
    this.defaults = configured.defaults().or(own()).or(maximum);
  }

  private Limits own() {
    var pids = maximum.pids() == null ? MOST_PIDS : Math.min(MOST_PIDS, maximum.pids());
    return new Limits(null, null, null, names().contains(PIDS) ? pids : null);
  }

  // Two data folders of one machine must not share a group, nor must a copy and its original.
  private static String hash(Path root) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(root.toString().getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The limits that this host can hold an instance to; {@code disk_mb} takes no cgroup. */
  Set<String> names() {
    var names = new TreeSet<>(cgroups.limits());
    names.add("disk_mb");
    if (countsByUser) {
      names.add(PIDS);
    }
    return names;
  }

  /** Why it is not all of them; empty when it is. */
  String obstacle() {
    return cgroups.obstacle();
  }

  /** Why an instance cannot be held to what it asks for, or to what the host's settings say. */
  Optional<String> refusal(Limits asked) {
    var over = asked.over(maximum);
    if (over.isPresent()) {
      return Optional.of("%s, the most that host %s allows".formatted(over.get(), host));
    }
    var names = names();
    return asked.or(defaults).bounds().keySet().stream()
        .filter(name -> !names.contains(name))
        .findFirst()
        .map(n -> "host %s cannot hold it to %s: %s".formatted(host, n, cgroups.obstacle()));
  }

  /** Makes the cgroup of a run that is about to start. */
  ProcessRun hold(String instanceId, ProcessRun run, Limits asked) throws IOException {
    var limits = asked.or(defaults);
    var cgroup = cgroups.make(instanceId + "." + run.sequence(), limits);
    return run.heldTo(
        limits, cgroup.map(c -> c.folders().stream().map(Path::toString).toList()).orElse(null));
  }

  /** Words before a command that becomes the run's user, which bound what that user may start. */
  List<String> byUser(ProcessRun run) {
    return countsByUser && run.limits() instanceof Limits limits && limits.pids() != null
        ? List.of(PER_USER, "--nproc=" + limits.pids(), "--")
        : List.of();
  }

  /** The cgroup of a run; none after a restart of the machine, or when another host made it. */
  Optional<Cgroup> cgroup(ProcessRun run) {
    var folders = Objects.requireNonNullElse(run.cgroup(), List.<String>of());
    return folders.isEmpty()
        ? Optional.empty()
        : Optional.of(new Cgroup(folders.stream().map(Path::of).toList()))
            .filter(cgroup -> cgroup.folders().stream().allMatch(this::isOwn))
            .filter(Cgroup::exists);
  }

  private boolean isOwn(Path folder) {
    return folder.getParent() instanceof Path parent && parent.endsWith(group);
  }

  /** Ends what is left of a run in its cgroup, whatever it did to hide, and removes that. */
  void release(ProcessRun run) throws IOException, InterruptedException {
    var cgroup = cgroup(run);
    if (cgroup.isPresent()) {
      remove(cgroup.get());
    }
  }

  void remove(Cgroup cgroup) throws IOException, InterruptedException {
    cgroup.remove(pid -> Posix.kill(pid, Posix.SIGKILL));
  }

  Cgroups cgroups() {
    return cgroups;
  }

  /** Why a run ended, when a limit had a part in that. */
  String reason(ProcessRun run, RunFolder place, RunStatus.Ended ended) throws IOException {
    var told = place.reason();
    if (told.isPresent()) {
      return told.get();
    }
    var cgroup = cgroup(run);
    var status = ended.exitCode();
    if (cgroup.isEmpty() || status != null && status == 0 || cgroup.get().oomKills() == 0) {
      return ended.reason();
    }
    return status != null && status == 128 + Posix.SIGKILL
        ? "out of memory: %s, and the kernel ended it with exit code %d"
            .formatted(full(run), status)
        : ended.reason() + "; before, the kernel had ended a process of it that was out of memory";
  }

  private static String full(ProcessRun run) {
    return run.limits() instanceof Limits limits && limits.memoryMb() != null
        ? "it reached its memory_mb of " + limits.memoryMb()
        : "none was left";
  }
}
