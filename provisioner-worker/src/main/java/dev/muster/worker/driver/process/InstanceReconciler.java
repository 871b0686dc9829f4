package dev.muster.worker.driver.process;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Instances that were stopped, or went on, though nobody had asked the platform for that. They are
 * made what the platform says of them. Steps aside where a task is at work.
 */
final class InstanceReconciler {

  private static final Logger log = LoggerFactory.getLogger(InstanceReconciler.class);

  private final HostFolder folder;
  private final InstanceUsers users;
  private final HostLocks locks;
  private final Runs runs;

  InstanceReconciler(HostFolder folder, InstanceUsers users, HostLocks locks, Runs runs) {
    this.folder = folder;
    this.users = users;
    this.locks = locks;
    this.runs = runs;
  }

  /** Looks at the command of an instance whose run is alive: cheap, so it can be done often. */
  void reconcileCommand(InstanceRecord instance) throws IOException, InterruptedException {
    reconcile(instance, this::commandDiffers);
  }

  /** Looks at every process of the instances that should be paused. */
  void reconcilePaused() throws IOException, InterruptedException {
    var paused = folder.all().stream().filter(i -> i.wanted() == DesiredState.PAUSED).toList();
    if (paused.isEmpty()) {
      return;
    }
    var seen = OsProcess.all();
    for (var instance : paused) {
      if (anyGoesOn(instance, seen)) {
        reconcile(instance, now -> anyGoesOn(now, OsProcess.all()));
      }
    }
  }

  private void reconcile(InstanceRecord instance, Look differs)
      throws IOException, InterruptedException {
    if (!differs.at(instance)) {
      return;
    }
    var lock = locks.instanceNow(instance.instanceId());
    if (lock.isEmpty()) {
      return;
    }
    try (var _ = lock.get()) {
      var now = folder.read(instance.instanceId());
      if (now.isPresent() && differs.at(now.get())) {
        log.warn(
            "somebody else has stopped it or let it go on instance_id={} wanted={}",
            instance.instanceId(),
            now.get().wanted());
        runs.hold(now.get());
      }
    }
  }

  // What of its children is stopped is its own affair.
  private boolean commandDiffers(InstanceRecord instance) throws IOException {
    var command = command(instance);
    return switch (instance.wanted()) {
      case RUNNING -> command.filter(OsProcess::stoppedBySignal).isPresent();
      case PAUSED -> command.filter(OsProcess::goesOn).isPresent();
      case STARTING, NOTHING -> false;
    };
  }

  private boolean anyGoesOn(InstanceRecord instance, List<OsProcess> processes) throws IOException {
    return instance.wanted() == DesiredState.PAUSED
        && command(instance).isPresent()
        && tree(instance).among(processes).stream().anyMatch(OsProcess::goesOn);
  }

  private Optional<OsProcess> command(InstanceRecord instance) throws IOException {
    if (!(instance.wantedRun() instanceof ProcessRun run)) {
      return Optional.empty();
    }
    var main = folder.run(instance.instanceId(), run).main();
    var process = main.isPresent() ? main.get().find() : Optional.<OsProcess>empty();
    return process.filter(OsProcess::isApart).isPresent() ? tree(instance).command() : process;
  }

  private InstanceTree tree(InstanceRecord instance) throws IOException {
    var run = Optional.ofNullable(instance.run());
    return users.tree(instance.instanceId(), run.map(r -> folder.run(instance.instanceId(), r)));
  }

  @FunctionalInterface
  private interface Look {
    boolean at(InstanceRecord instance) throws IOException;
  }
}
