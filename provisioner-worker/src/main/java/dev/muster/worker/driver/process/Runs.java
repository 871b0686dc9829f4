package dev.muster.worker.driver.process;

import dev.muster.events.instance.InstanceSpec;
import dev.muster.worker.driver.Action.Start;
import dev.muster.worker.driver.ActionResult;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.ActionResult.Refused;
import dev.muster.worker.driver.ActionResult.Superseded;
import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.Task;
import dev.muster.worker.driver.process.cgroup.Cgroup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts, pauses and ends runs. The caller holds the instance's lock and has checked the fence. */
final class Runs {

  private static final Logger log = LoggerFactory.getLogger(Runs.class);
  private static final Duration COUNTING = Duration.ofSeconds(10);

  private final HostFolder folder;
  private final InstanceUsers users;
  private final RunLimits limits;
  private final HostLocks locks;
  private final Supervisor supervisor;
  private final String host;
  private final int capacity;
  private final Duration stopTimeout;

  Runs(
      HostFolder folder,
      InstanceUsers users,
      RunLimits limits,
      HostLocks locks,
      Supervisor supervisor,
      String host,
      int capacity,
      Duration stopTimeout) {
    this.folder = folder;
    this.users = users;
    this.limits = limits;
    this.locks = locks;
    this.supervisor = supervisor;
    this.host = host;
    this.capacity = capacity;
    this.stopTimeout = stopTimeout;
  }

  ActionResult start(Task task, Start start, Optional<InstanceRecord> known)
      throws IOException, InterruptedException {
    var command = command(task, start.spec());
    var underway = known.map(InstanceRecord::run).filter(run -> run.sequence() == task.sequence());
    if (underway.isPresent()) {
      if (folder.run(task.instanceId(), underway.get()).claimed()) {
        ensureStarted(task.instanceId(), underway.get(), command);
      } else {
        begin(known.orElseThrow(), underway.get(), start.spec(), command);
      }
      return new Done();
    }
    var before =
        known.orElseGet(() -> new InstanceRecord(task.instanceId(), 0, DesiredState.NOTHING, null));
    var refusal =
        LaunchCommand.refusal(start.spec())
            .or(() -> limits.refusal(start.spec().limits()))
            .or(command::refusal);
    if (refusal.isPresent()) {
      return new Refused(refusal.get());
    }
    if (!takePlace(before, task.sequence())) {
      return new Refused("host %s is full (%d of %d)".formatted(host, capacity, capacity));
    }
    if (known.isPresent()) {
      end(before);
      // That may have taken minutes, and a delete does not wait for a run to begin.
      if (folder.fence(task.instanceId()) > task.sequence()) {
        return new Superseded();
      }
    }
    var run = ProcessRun.of(task.sequence(), task.operationId(), start.spec());
    begin(before.want(task.sequence(), DesiredState.RUNNING), run, start.spec(), command);
    return new Done();
  }

  private void begin(
      InstanceRecord instance, ProcessRun run, InstanceSpec spec, LaunchCommand command)
      throws IOException, InterruptedException {
    var id = instance.instanceId();
    users.assign(id);
    var held = limits.hold(id, run, spec.limits());
    folder.write(instance.withRun(held));
    ensureStarted(id, held, command);
  }

  private void ensureStarted(String instanceId, ProcessRun run, LaunchCommand command)
      throws IOException, InterruptedException {
    var cgroup = limits.cgroup(run).map(Cgroup::joinFiles).orElse(List.of());
    var becoming = new ArrayList<>(limits.byUser(run));
    becoming.addAll(users.words(instanceId));
    supervisor.ensureStarted(instanceId, run, command.in(cgroup).as(becoming));
  }

  ActionResult pause(Task task, Optional<InstanceRecord> known)
      throws IOException, InterruptedException {
    var refusal = whyNotThere(known);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    var instance = known.orElseThrow();
    folder.write(instance.want(task.sequence(), DesiredState.PAUSED));
    try {
      processes(instance).pause();
      return new Done();
    } catch (HostFaultException e) {
      processes(instance).resume();
      folder.write(instance.want(task.sequence(), DesiredState.RUNNING));
      throw e;
    }
  }

  ActionResult resume(Task task, Optional<InstanceRecord> known)
      throws IOException, InterruptedException {
    var refusal = whyNotThere(known);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    var instance = known.orElseThrow();
    folder.write(instance.want(task.sequence(), DesiredState.RUNNING));
    processes(instance).resume();
    return new Done();
  }

  /** Makes what runs of it as it is wanted, whoever has stopped it or let it go on. */
  void hold(InstanceRecord instance) throws IOException, InterruptedException {
    switch (instance.wanted()) {
      case RUNNING -> processes(instance).resume();
      case PAUSED -> processes(instance).pause();
      case STARTING, NOTHING -> {}
    }
  }

  /** Ends whatever runs of it, its newest run and anything older. */
  void end(InstanceRecord instance) throws IOException, InterruptedException {
    var run = instance.run();
    if (run != null) {
      claim(folder.run(instance.instanceId(), run));
    }
    processes(instance).terminate(stop(instance));
    if (run != null) {
      limits.release(run);
      OutputCollector.of(folder.run(instance.instanceId(), run)).await();
    }
  }

  private RunStop stop(InstanceRecord instance) throws IOException {
    var run = instance.run();
    return RunStop.of(
        Optional.ofNullable(run).map(r -> folder.run(instance.instanceId(), r)),
        instance.stopTimeout(stopTimeout));
  }

  // A supervisor that is still on its way finds the run taken.
  private static void claim(RunFolder run) throws IOException {
    try {
      run.claim();
    } catch (IOException e) {
      // Nor can a supervisor claim it on a full disk, and it is ended next.
      log.warn("a run cannot be claimed folder={} cause={}", run.path(), String.valueOf(e));
    }
  }

  /** Ends what runs of it at once, for that reason. */
  void kill(InstanceRecord instance, ProcessRun run, String reason)
      throws IOException, InterruptedException {
    folder.run(instance.instanceId(), run).reason(reason);
    processes(instance).kill();
  }

  private InstanceSignals processes(InstanceRecord instance) throws IOException {
    var run = Optional.ofNullable(instance.run());
    var place = run.map(r -> folder.run(instance.instanceId(), r));
    var cgroup = run.flatMap(limits::cgroup);
    return users.processes(instance.instanceId(), place, cgroup);
  }

  private LaunchCommand command(Task task, InstanceSpec spec) {
    var work = folder.work(task.instanceId());
    return LaunchCommand.of(task.instanceId(), task.operationId(), spec, work, supervisor.bot());
  }

  /** Puts down that the instance is to run here; false when there is no place for it. */
  private boolean takePlace(InstanceRecord before, long sequence)
      throws IOException, InterruptedException {
    try (var _ = locks.host(COUNTING)) {
      if (!before.takesPlace() && load() >= capacity) {
        return false;
      }
      folder.write(before.want(sequence, DesiredState.STARTING));
      return true;
    }
  }

  int load() throws IOException {
    return (int) folder.all().stream().filter(InstanceRecord::takesPlace).count();
  }

  private Optional<ActionResult> whyNotThere(Optional<InstanceRecord> known) throws IOException {
    var run = known.map(InstanceRecord::wantedRun);
    if (run.isEmpty()) {
      return Optional.of(new Refused("nothing of it runs on host " + host));
    }
    var status = RunStatus.of(folder.run(known.get().instanceId(), run.get()));
    return switch (status) {
      case RunStatus.Alive _ -> Optional.empty();
      case RunStatus.Unborn _ -> Optional.of(new Refused("it was never started on host " + host));
      case RunStatus.Ended ended -> Optional.of(new Refused(ended.reason()));
    };
  }
}
