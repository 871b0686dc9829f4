package dev.muster.worker.driver.docker;

import dev.muster.events.health.HealthSample;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.ActionResult.Refused;
import dev.muster.worker.driver.ActionResult.Superseded;
import dev.muster.worker.driver.HostDriver;
import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.HostFeatures;
import dev.muster.worker.driver.HostLimits;
import dev.muster.worker.driver.HostOutput;
import dev.muster.worker.driver.HostShells;
import dev.muster.worker.driver.Isolation;
import dev.muster.worker.driver.Observation;
import dev.muster.worker.driver.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Runs instances as containers of a Docker Engine. */
public final class DockerDriver implements HostDriver {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  private final HostInstances instances;
  private final ContainerLimits limits;
  private final ContainerStop ending;
  private final ContainerRuns runs;
  private final ContainerWatch watch;
  private final ContainerUsage usage;
  private final ContainerOutput output;
  private final ContainerShells shells;

  /**
   * Asks the engine nothing yet.
   *
   * @param url see {@link EngineUrl}
   * @param stopTimeout how long an instance that says nothing of it has to end after SIGTERM
   */
  public DockerDriver(
      String name, int capacity, String url, HostLimits configured, Duration stopTimeout) {
    var engine = new DockerEngine(name, url);
    this.instances = new HostInstances(engine, name);
    this.limits = new ContainerLimits(engine, name, configured);
    this.ending = new ContainerStop(engine, instances, stopTimeout);
    var programs = new ContainerPrograms(engine);
    this.runs =
        new ContainerRuns(engine, instances, limits, programs, ending, name, capacity, stopTimeout);
    this.watch = new ContainerWatch(engine, instances, runs, ending);
    this.usage = new ContainerUsage(engine);
    this.output = new ContainerOutput(engine, instances);
    this.shells = new ContainerShells(engine, instances, programs, name);
  }

  @Override
  public HostFeatures features() {
    return new HostFeatures(ContainerLimits.NAMES, limits.maximum(), "", Isolation.namespace());
  }

  @Override
  public Optional<HostOutput> output() {
    return Optional.of(output);
  }

  @Override
  public Optional<HostShells> shells() {
    return Optional.of(shells);
  }

  @Override
  public ActionResult perform(Task task) throws InterruptedException {
    if (!ID.matcher(task.instanceId()).matches() || !ID.matcher(task.operationId()).matches()) {
      return new Refused("'%s' or '%s' is no id".formatted(task.instanceId(), task.operationId()));
    }
    try {
      var state = instances.one(task.instanceId()).state();
      return state.sequence() > task.sequence() ? new Superseded() : act(task);
    } catch (HostFaultException e) {
      if (Thread.interrupted()) {
        var interrupted = new InterruptedException("a task was interrupted");
        interrupted.initCause(e);
        throw interrupted;
      }
      throw e;
    }
  }

  private ActionResult act(Task task) throws InterruptedException {
    return switch (task.action()) {
      case Action.Start start -> runs.start(task, start.spec());
      case Action.Pause _ -> runs.move(task, DesiredContainerState.PAUSED);
      case Action.Resume _ -> runs.move(task, DesiredContainerState.RUNNING);
      case Action.Clear _ -> end(task, DesiredContainerState.NOTHING);
      case Action.Remove _ -> end(task, DesiredContainerState.REMOVED);
    };
  }

  private ActionResult end(Task task, DesiredContainerState wanted) throws InterruptedException {
    var after =
        instances.update(
            task.instanceId(),
            state ->
                state.sequence() > task.sequence() || isDone(state, task, wanted)
                    ? state
                    : state.want(task.sequence(), wanted));
    if (after.sequence() > task.sequence()) {
      return new Superseded();
    }
    ending.end(task.instanceId(), run -> run.run() <= task.sequence());
    usage.forget(task.instanceId());
    return new Done();
  }

  private static boolean isDone(RecordState state, Task task, DesiredContainerState wanted) {
    return state.sequence() == task.sequence() && state.wanted() == wanted;
  }

  @Override
  public void fence(String instanceId, long sequence) {
    if (ID.matcher(instanceId).matches()) {
      instances.update(
          instanceId,
          state -> state.sequence() >= sequence ? state : state.want(sequence, state.wanted()));
    }
  }

  @Override
  public boolean knows(String instanceId) {
    var state = instances.one(instanceId).state();
    return state.wanted() != DesiredContainerState.REMOVED
        && (state.run().sequence() > 0 || state.wanted() != DesiredContainerState.NOTHING);
  }

  @Override
  public boolean keepsPaused(String instanceId) {
    return instances.one(instanceId).state().wanted() == DesiredContainerState.PAUSED;
  }

  @Override
  public int load() {
    return runs.load();
  }

  @Override
  public void startReported(String instanceId, String runId) {
    told(instanceId, runId, RecordedRun.Told.START);
  }

  @Override
  public void endReported(String instanceId, String runId) {
    told(instanceId, runId, RecordedRun.Told.END);
  }

  private void told(String instanceId, String runId, RecordedRun.Told news) {
    if (instances.one(instanceId).state().isRun(runId)) {
      instances.update(
          instanceId, state -> state.isRun(runId) ? state.withRun(state.run().told(news)) : state);
    }
  }

  @Override
  public List<Observation> observe() {
    return watch.observe();
  }

  @Override
  public List<HealthSample> sample(Collection<String> instanceIds) {
    var asked = Set.copyOf(instanceIds);
    var samples = new ArrayList<HealthSample>();
    for (var held : instances.all()) {
      if (asked.contains(held.instanceId())) {
        held.wantedRun()
            .filter(EngineContainer::isAlive)
            .flatMap(usage::sample)
            .ifPresent(samples::add);
      }
    }
    return samples;
  }

  @Override
  public void reconcile() throws InterruptedException {
    watch.reconcile();
  }
}
