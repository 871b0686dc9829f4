package dev.muster.worker.driver.process;

import dev.muster.worker.driver.Isolation;
import dev.muster.worker.driver.process.cgroup.Cgroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The users that the instances of a host run as, and the namespaces they have. The owner of its
 * work folder is the user of an instance, which only root can change; 0 is one that runs as the
 * platform does.
 */
final class InstanceUsers {

  private final HostFolder folder;
  private final UserIds ids;
  private final UserClaims claims;
  private final HostIsolation hostIsolation;
  private final InstanceMounts mounts;

  /**
   * @param data the platform's folder, of which an instance with namespaces sees only its own
   */
  InstanceUsers(HostFolder folder, UserIds ids, UserClaims claims, Path data, HostLocks locks)
      throws IOException {
    this.folder = folder;
    this.ids = ids;
    this.claims = claims;
    this.hostIsolation = HostIsolation.of(ids, claims, folder.root());
    this.mounts = InstanceMounts.of(hostIsolation.namespaces(), data, folder.root());
    if (isolation().isUser()) {
      for (var instanceId : folder.there()) {
        adopt(instanceId, locks);
      }
      folder.letPass();
    } else {
      folder.close();
    }
  }

  Isolation isolation() {
    return hostIsolation.isolation();
  }

  Namespaces namespaces() {
    return hostIsolation.namespaces();
  }

  /** What it sees of the machine's files, as lines of an fstab. */
  String fstab(String instanceId) {
    return mounts.fstab(folder.tmp(instanceId));
  }

  /** Who it runs as, when that is a user of its own. */
  OptionalInt of(String instanceId) throws IOException {
    var owner = OsProcess.isRoot() ? WorkFolder.owner(folder.work(instanceId)) : 0;
    return owner != 0 && claims.holds(folder.instance(instanceId), owner)
        ? OptionalInt.of(owner)
        : OptionalInt.empty();
  }

  /** Whether a run of it has what the others of this host are isolated by. */
  boolean isolates(String instanceId, RunFolder run) throws IOException {
    return switch (isolation().kind()) {
      case Isolation.USER -> of(instanceId).isPresent();
      case Isolation.NAMESPACE -> run.hasNamespaces();
      default -> true;
    };
  }

  /** Gives it the user that its next run has. Nothing of it runs. */
  void assign(String instanceId) throws IOException {
    var work = folder.work(instanceId);
    var tmp = folder.tmp(instanceId);
    folder.makeTmp(instanceId);
    if (isolation().isUser()) {
      var instance = folder.instance(instanceId);
      var known = of(instanceId);
      int user = known.isPresent() ? known.getAsInt() : claims.claim(instance, ids);
      folder.hide(instanceId);
      WorkFolder.give(work, user);
      WorkFolder.give(tmp, user);
      folder.letPass(instanceId);
    } else if (OsProcess.isRoot()) {
      WorkFolder.give(work, 0);
      WorkFolder.give(tmp, 0);
    }
  }

  /** Words before a command of the instance; none when it runs as the platform does. */
  List<String> words(String instanceId) throws IOException {
    var user = of(instanceId);
    return user.isPresent() ? UserSwitch.to(user.getAsInt()) : hostIsolation.becoming();
  }

  InstanceTree tree(String instanceId, Optional<RunFolder> run) throws IOException {
    var inNamespace = run.map(RunFolder::hasNamespaces).orElse(namespaces() == Namespaces.USER);
    return InstanceTree.of(instanceId, of(instanceId), inNamespace, run);
  }

  InstanceSignals processes(String instanceId, Optional<RunFolder> run, Optional<Cgroup> cgroup)
      throws IOException {
    var tree = tree(instanceId, run).with(cgroup);
    return new InstanceSignals(tree, new SignalToAll(senders(instanceId, tree)));
  }

  // Words before a command whose signals reach all of it, and nobody else.
  private List<String> senders(String instanceId, InstanceTree tree) throws IOException {
    var user = isolation().isUser() ? of(instanceId) : OptionalInt.empty();
    if (user.isPresent()) {
      return UserSwitch.to(user.getAsInt());
    }
    return tree.init().map(init -> Namespaces.USER.enter("" + init.pid())).orElse(List.of());
  }

  /** The instance of this host that a process belongs to, as the kernel tells. */
  Optional<String> instanceOf(OsProcess process) throws IOException {
    var user = OsProcess.isRoot() ? process.owner() : 0;
    var holder = user == 0 ? Optional.<Path>empty() : claims.holder(user);
    return holder
        .filter(instance -> folder.root().equals(instance.getParent()))
        .map(instance -> instance.getFileName().toString())
        .filter(HostFolder::isId);
  }

  /** The folder is gone, and so are its processes: somebody else may have its user. */
  void release(String instanceId, OptionalInt user) throws IOException {
    if (user.isPresent()) {
      claims.release(folder.instance(instanceId), user.getAsInt());
    }
  }

  // Another worker of this machine may be making or removing it.
  private void adopt(String instanceId, HostLocks locks) throws IOException {
    var lock = locks.instanceNow(instanceId);
    if (lock.isPresent()) {
      try (var _ = lock.get()) {
        if (Files.isDirectory(folder.instance(instanceId))) {
          adopt(instanceId);
        }
      }
    }
  }

  // The data folder may have been moved, or the claims lost.
  private void adopt(String instanceId) throws IOException {
    var owner = WorkFolder.owner(folder.work(instanceId));
    var instance = folder.instance(instanceId);
    // A platform that was an ordinary user has left what is that user's.
    if (!claims.holds(instance, owner) && !(ids.has(owner) && claims.reclaim(instance, owner))) {
      folder.close(instanceId);
    }
  }
}
