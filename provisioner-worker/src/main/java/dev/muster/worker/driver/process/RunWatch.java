package dev.muster.worker.driver.process;

import dev.muster.events.health.HealthSample;
import dev.muster.events.instance.Limits;
import dev.muster.worker.driver.Observation;
import dev.muster.worker.driver.process.cgroup.Cgroup;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what runs, and removes what should not. Steps aside where a task is at work. */
final class RunWatch {

  private static final Logger log = LoggerFactory.getLogger(RunWatch.class);

  /** Far longer than any deadline, past which no worker acts on a task any more. */
  private static final Duration FENCES_KEPT = Duration.ofHours(1);

  private final HostFolder folder;
  private final InstanceUsers users;
  private final RunLimits limits;
  private final HostLocks locks;
  private final Runs runs;
  private final InstanceReconciler pauses;
  private final UsageMeter usage = new UsageMeter();

  RunWatch(HostFolder folder, InstanceUsers users, RunLimits limits, HostLocks locks, Runs runs) {
    this.folder = folder;
    this.users = users;
    this.limits = limits;
    this.locks = locks;
    this.runs = runs;
    this.pauses = new InstanceReconciler(folder, users, locks, runs);
  }

  List<Observation> observe() throws IOException, InterruptedException {
    var found = new ArrayList<Observation>();
    for (var instance : folder.all()) {
      try {
        var printed = folder.log(instance.instanceId());
        OutputLog.bound(printed, HostFolder.taken(printed));
        var seen = observe(instance);
        seen.ifPresent(found::add);
        endOutOfDisk(instance);
        if (seen.orElse(null) instanceof Observation.Alive) {
          pauses.reconcileCommand(instance);
        }
      } catch (IOException e) {
        log.error(
            "an instance cannot be looked at, see to its files instance_id={}",
            instance.instanceId(),
            e);
      }
    }
    return found;
  }

  private void endOutOfDisk(InstanceRecord instance) throws IOException, InterruptedException {
    if (outOfDisk(instance).isEmpty()) {
      return;
    }
    var lock = locks.instanceNow(instance.instanceId());
    if (lock.isEmpty()) {
      return;
    }
    try (var _ = lock.get()) {
      var now = folder.read(instance.instanceId());
      var reason = now.flatMap(this::outOfDisk);
      if (reason.isPresent()
          && now.get().wantedRun() instanceof ProcessRun run
          && RunStatus.of(folder.run(now.get().instanceId(), run)) instanceof RunStatus.Alive) {
        runs.kill(now.get(), run, reason.get());
      }
    }
  }

  private Optional<String> outOfDisk(InstanceRecord instance) {
    var id = instance.instanceId();
    return instance.wantedRun() instanceof ProcessRun run
            && run.limits() instanceof Limits bounds
            && bounds.diskMb() instanceof Integer most
            && !run.endReported()
        ? usage.overDisk(id, folder.work(id), most)
        : Optional.empty();
  }

  private Optional<Observation> observe(InstanceRecord instance) throws IOException {
    var seen = look(instance);
    return seen.orElse(null) instanceof Observation.Ended ? lookAgain(instance.instanceId()) : seen;
  }

  // A task that is ending the run right now makes it look as if it had ended by itself.
  private Optional<Observation> lookAgain(String instanceId) throws IOException {
    var lock = locks.instanceNow(instanceId);
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    try (var _ = lock.get()) {
      var instance = folder.read(instanceId);
      return instance.isPresent() ? look(instance.get()) : Optional.empty();
    }
  }

  private Optional<Observation> look(InstanceRecord instance) throws IOException {
    var run = instance.wantedRun();
    if (run == null || !run.startReported() || run.endReported()) {
      return Optional.empty();
    }
    var id = instance.instanceId();
    var place = folder.run(id, run);
    return switch (RunStatus.of(place)) {
      case RunStatus.Alive _ -> Optional.of(new Observation.Alive(id, run.id()));
      case RunStatus.Ended ended ->
          Optional.of(
              new Observation.Ended(
                  id, run.id(), ended.exitCode(), limits.reason(run, place, ended)));
      case RunStatus.Unborn _ ->
          Optional.of(new Observation.Ended(id, run.id(), null, "the run's files are gone"));
    };
  }

  Optional<HealthSample> sample(String instanceId, Collection<OsProcess> processes)
      throws IOException {
    var instance = folder.read(instanceId);
    if (instance.isEmpty() || !(instance.get().wantedRun() instanceof ProcessRun run)) {
      return Optional.empty();
    }
    var place = folder.run(instanceId, run);
    if (!(RunStatus.of(place) instanceof RunStatus.Alive alive)) {
      return Optional.empty();
    }
    UsageMeter.Tree tree = () -> users.tree(instanceId, Optional.of(place)).among(processes);
    try {
      return Optional.of(
          usage.sample(
              instanceId, run, alive.main(), tree, limits.cgroup(run), folder.work(instanceId)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  void forget(String instanceId) {
    usage.forget(instanceId);
  }

  void reconcile() throws IOException, InterruptedException {
    folder.pruneFences(Instant.now().minus(FENCES_KEPT));
    var running = new HashSet<String>();
    for (var process : OsProcess.all()) {
      instanceOf(process).ifPresent(running::add);
    }
    for (var instanceId : running) {
      reconcile(instanceId);
    }
    pauses.reconcilePaused();
    for (var left : limits.cgroups().all().entrySet()) {
      removeLeft(left.getKey(), left.getValue());
    }
  }

  // What a worker that died has left, or one whose data folder was removed.
  private void removeLeft(String run, Cgroup cgroup) throws IOException, InterruptedException {
    var instanceId = run.substring(0, Math.max(0, run.lastIndexOf('.')));
    var lock =
        HostFolder.isId(instanceId) ? locks.instanceNow(instanceId) : Optional.<FileLock>empty();
    if (lock.isPresent()) {
      try (var _ = lock.get()) {
        var instance = folder.readable(instanceId).filter(InstanceRecord::takesPlace);
        var current = instance.map(InstanceRecord::run).map(r -> instanceId + "." + r.sequence());
        if (current.filter(run::equals).isEmpty()) {
          limits.remove(cgroup);
        }
      }
    }
  }

  private Optional<String> instanceOf(OsProcess process) throws IOException {
    return process.isOwn()
        ? process.variable(InstanceTree.ID_VARIABLE).filter(HostFolder::isId)
        : users.instanceOf(process);
  }

  private void reconcile(String instanceId) throws IOException, InterruptedException {
    var lock = locks.instanceNow(instanceId);
    if (lock.isEmpty()) {
      return;
    }
    try (var _ = lock.get()) {
      var instance = shouldBeGone(instanceId);
      if (instance.isPresent()) {
        log.warn(
            "processes are left of an instance that should have none, ending them instance_id={}",
            instanceId);
        runs.end(instance.get());
      }
    }
  }

  /** Empty also when this host never heard of it: another platform may share the machine. */
  private Optional<InstanceRecord> shouldBeGone(String instanceId) throws IOException {
    var instance = folder.read(instanceId);
    if (instance.isPresent()) {
      return instance.filter(i -> !i.takesPlace());
    }
    return folder.fence(instanceId) > 0
        ? Optional.of(new InstanceRecord(instanceId, 0, DesiredState.NOTHING, null))
        : Optional.empty();
  }
}
