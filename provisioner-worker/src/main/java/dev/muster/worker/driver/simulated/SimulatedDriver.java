package dev.muster.worker.driver.simulated;

import dev.muster.events.health.HealthSample;
import dev.muster.events.instance.Limits;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.ActionResult.Refused;
import dev.muster.worker.driver.ActionResult.Superseded;
import dev.muster.worker.driver.HostDriver;
import dev.muster.worker.driver.HostFeatures;
import dev.muster.worker.driver.HostOutput;
import dev.muster.worker.driver.Isolation;
import dev.muster.worker.driver.Observation;
import dev.muster.worker.driver.Output;
import dev.muster.worker.driver.Task;
import dev.muster.worker.driver.simulated.SimulatedInstance.Run;
import dev.muster.worker.driver.simulated.SimulatedInstance.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Acts on a {@link SimulatedHost}: for load tests, and to judge workers without machines. */
public final class SimulatedDriver implements HostDriver, HostOutput {

  private static final HostFeatures FEATURES =
      new HostFeatures(
          Set.of("image", "cpus", "memory_mb", "disk_mb", "pids"), // nothing can break them
          Limits.NONE,
          "",
          Isolation.none("it runs no programs of this machine"));

  private final SimulatedHost host;

  public SimulatedDriver(SimulatedHost host) {
    this.host = host;
  }

  @Override
  public ActionResult perform(Task task) throws InterruptedException {
    Thread.sleep(host.actionLatency());
    synchronized (host) {
      var instance = host.get(task.instanceId());
      if (task.sequence() < instance.sequence()) {
        return new Superseded();
      }
      return switch (task.action()) {
        case Action.Start _ -> start(task, instance);
        case Action.Pause _ -> move(task, instance, State.PAUSED, "pause");
        case Action.Resume _ -> move(task, instance, State.RUNNING, "resume");
        case Action.Clear _ -> end(task, instance, "clear");
        case Action.Remove _ -> remove(task, instance);
      };
    }
  }

  private ActionResult start(Task task, SimulatedInstance instance) {
    if (instance.run() != null && instance.run().sequence() == task.sequence()) {
      return new Done();
    }
    if (host.fails(task.operationId())) {
      return new Refused("simulated failure");
    }
    if (!instance.takesPlace() && load() >= host.capacity()) {
      return new Refused(
          "host %s is full (%d of %d)".formatted(host.name(), host.capacity(), host.capacity()));
    }
    var run =
        new Run(
            task.sequence(), task.operationId(), System.currentTimeMillis(), false, false, null);
    host.put(task.instanceId(), instance.next(task.sequence(), State.RUNNING).withRun(run));
    host.note(task.instanceId(), task.sequence(), "start");
    return new Done();
  }

  private ActionResult move(Task task, SimulatedInstance instance, State wanted, String action) {
    if (!instance.alive()) {
      return new Refused("nothing of it runs on host " + host.name());
    }
    if (instance.state() != wanted) {
      if (host.fails(task.operationId())) {
        return new Refused("simulated failure");
      }
      host.note(task.instanceId(), task.sequence(), action);
    }
    host.put(task.instanceId(), instance.next(task.sequence(), wanted));
    return new Done();
  }

  private Done remove(Task task, SimulatedInstance instance) {
    var done = end(task, instance, "remove");
    host.endOutput(task.instanceId());
    return done;
  }

  private Done end(Task task, SimulatedInstance instance, String action) {
    if (instance.sequence() < task.sequence()) {
      host.note(task.instanceId(), task.sequence(), action);
    }
    host.put(task.instanceId(), instance.next(task.sequence(), State.NOTHING).withRun(null));
    return new Done();
  }

  @Override
  public boolean knows(String instanceId) {
    synchronized (host) {
      return host.get(instanceId).run() != null;
    }
  }

  @Override
  public boolean keepsPaused(String instanceId) {
    synchronized (host) {
      return host.get(instanceId).state() == State.PAUSED;
    }
  }

  @Override
  public int load() {
    synchronized (host) {
      return host.places();
    }
  }

  @Override
  public void startReported(String instanceId, String runId) {
    update(instanceId, runId, Run::withStartReported);
  }

  @Override
  public void endReported(String instanceId, String runId) {
    update(instanceId, runId, Run::withEndReported);
  }

  private void update(String instanceId, String runId, UnaryOperator<Run> change) {
    synchronized (host) {
      var instance = host.get(instanceId);
      var run = instance.run();
      if (run != null && run.id().equals(runId)) {
        host.put(instanceId, instance.withRun(change.apply(run)));
      }
    }
  }

  @Override
  public List<Observation> observe() {
    synchronized (host) {
      var found = new ArrayList<Observation>();
      host.instances().forEach((id, instance) -> observe(id, instance, found));
      return found;
    }
  }

  private static void observe(String id, SimulatedInstance instance, List<Observation> found) {
    var run = instance.run();
    if (run == null || !run.startReported() || run.endReported()) {
      return;
    }
    found.add(
        instance.alive()
            ? new Observation.Alive(id, run.id())
            : new Observation.Ended(
                id, run.id(), run.exitCode(), "the simulated process ended: " + run.exitCode()));
  }

  @Override
  public List<HealthSample> sample(Collection<String> instanceIds) {
    synchronized (host) {
      var now = Instant.now();
      var samples = new ArrayList<HealthSample>();
      for (var id : instanceIds) {
        var instance = host.get(id);
        if (instance.alive() && instance.run() instanceof Run run) {
          samples.add(sample(id, run, now));
        }
      }
      return samples;
    }
  }

  private static HealthSample sample(String instanceId, Run run, Instant now) {
    var uptime = Math.max(0, now.toEpochMilli() - run.startedMillis()) / 1_000;
    return new HealthSample(instanceId, run.id(), 1.0, 16, 1, now, uptime);
  }

  @Override
  public HostFeatures features() {
    return FEATURES;
  }

  @Override
  public Optional<HostOutput> output() {
    return Optional.of(this);
  }

  @Override
  public List<String> printing() {
    synchronized (host) {
      return host.printing();
    }
  }

  @Override
  public Optional<Output> untaken(String instanceId, int atMost) {
    synchronized (host) {
      return host.untaken(instanceId, atMost);
    }
  }

  @Override
  public void taken(Output output, int count) {
    synchronized (host) {
      host.taken(output, count);
    }
  }
}
