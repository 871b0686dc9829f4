package dev.muster.worker.driver.docker;

import dev.muster.events.instance.InstanceSpec;
import dev.muster.worker.driver.ActionResult;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.ActionResult.Refused;
import dev.muster.worker.driver.ActionResult.Superseded;
import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.Task;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Starts runs. Nothing is locked: a run is made before its fence is looked at for the last time,
 * and a later task raises the fence before it looks for runs, so one of the two sees the other.
 */
final class ContainerRuns {

  /** As long as an engine may take to make a container, 5 s. */
  private static final int LOOKS = 100;

  private static final long LOOK_EVERY_MS = 50;

  private final DockerEngine engine;
  private final HostInstances instances;
  private final ContainerLimits limits;
  private final EngineImages images;
  private final ContainerPrograms programs;
  private final ContainerStop ending;
  private final String host;
  private final int capacity;
  private final Duration stopTimeout;

  ContainerRuns(
      DockerEngine engine,
      HostInstances instances,
      ContainerLimits limits,
      ContainerPrograms programs,
      ContainerStop ending,
      String host,
      int capacity,
      Duration stopTimeout) {
    this.engine = engine;
    this.instances = instances;
    this.limits = limits;
    this.programs = programs;
    this.ending = ending;
    this.images = new EngineImages(engine, host);
    this.host = host;
    this.capacity = capacity;
    this.stopTimeout = stopTimeout;
  }

  ActionResult start(Task task, InstanceSpec spec) throws InterruptedException {
    var before = instances.one(task.instanceId());
    var known = before.state();
    if (known.run().sequence() == task.sequence()) {
      var isBegun = known.run().told() != RecordedRun.Told.NOTHING || !known.wanted().isRun();
      return isBegun ? new Done() : begin(task, spec);
    }
    var refusal =
        ContainerRequest.refusal(host, spec)
            .or(() -> limits.refusal(spec.limits()))
            .or(() -> images.refusal(String.valueOf(spec.image())));
    if (refusal.isPresent()) {
      return new Refused(refusal.get());
    }
    var placed = take(task, state -> state.want(task.sequence(), DesiredContainerState.STARTING));
    if (placed.isEmpty()) {
      return new Superseded();
    }
    if (!known.takesPlace() && !hasRoom(task.instanceId())) {
      take(task, state -> state.want(task.sequence(), DesiredContainerState.NOTHING));
      return new Refused("host %s is full (%d of %d)".formatted(host, capacity, capacity));
    }
    ending.end(task.instanceId(), run -> run.run() < task.sequence());
    // That may have taken minutes, and a delete does not wait for a run to begin.
    var run = new RecordedRun(task.sequence(), task.operationId(), RecordedRun.Told.NOTHING, 0);
    return take(
                task,
                state -> state.want(task.sequence(), DesiredContainerState.RUNNING).withRun(run))
            .isEmpty()
        ? new Superseded()
        : begin(task, spec);
  }

  /** The change of a task, unless a later one came first. */
  private Optional<RecordState> take(Task task, UnaryOperator<RecordState> change) {
    var after =
        instances.update(
            task.instanceId(),
            state -> state.sequence() > task.sequence() ? state : change.apply(state));
    return Optional.of(after).filter(state -> state.sequence() == task.sequence());
  }

  // Of two that take the last place at once, the first in order has it.
  private boolean hasRoom(String instanceId) {
    Predicate<InstanceContainers> isBefore =
        held ->
            held.state().wanted() != DesiredContainerState.STARTING
                || held.instanceId().compareTo(instanceId) < 0;
    return instances.all().stream()
            .filter(held -> held.state().takesPlace() && !held.instanceId().equals(instanceId))
            .filter(isBefore)
            .count()
        < capacity;
  }

  private ActionResult begin(Task task, InstanceSpec spec) throws InterruptedException {
    var name = instances.prefix(task.instanceId()) + "run" + task.sequence();
    var timeout = spec.stopTimeout() instanceof Integer own ? Duration.ofSeconds(own) : stopTimeout;
    var network = new HostNetwork(engine, host).ensure();
    var created =
        engine.post(
            "/containers/create?name=" + name,
            ContainerRequest.of(host, network, task, spec, limits, timeout));
    if (created.status() == 404 || created.status() == 400) {
      return giveUp(task, name, created.message());
    }
    // It is there already, or somebody is making it: its name is taken before it can be found.
    if (created.status() == 409) {
      awaitMade(name);
    } else {
      engine.ok(created, "create");
    }
    var container = engine.find("/containers/%s/json".formatted(name)).map(c -> c.path("State"));
    if (container.isPresent() && container.get().path("Status").asString("").equals("created")) {
      var missing = programs.refusal(name);
      if (missing.isPresent()) {
        return giveUp(task, name, missing.get());
      }
    }
    return start(task, name);
  }

  private void awaitMade(String name) throws InterruptedException {
    var path = "/containers/%s/json".formatted(name);
    for (int i = 0; i < LOOKS && engine.find(path).isEmpty(); i++) {
      Thread.sleep(LOOK_EVERY_MS);
    }
  }

  private ActionResult start(Task task, String name) throws InterruptedException {
    var state = instances.one(task.instanceId()).state();
    if (state.sequence() > task.sequence()) {
      engine.delete("/containers/%s?force=true&v=true".formatted(name));
      return new Superseded();
    }
    var container = engine.find("/containers/%s/json".formatted(name));
    var isNew =
        container.isPresent()
            && container.get().path("State").path("Status").asString("").equals("created");
    if (!isNew) {
      return container.isPresent() ? new Done() : gone(task);
    }
    var answer = engine.post("/containers/%s/start".formatted(name));
    return switch (answer.status()) {
      case 204, 304 -> new Done();
      case 404 -> gone(task);
      case 400 -> giveUp(task, name, answer.message());
      default ->
          throw new HostFaultException(
              "a run cannot be started on host %s: %s".formatted(host, answer.message()));
    };
  }

  private ActionResult gone(Task task) {
    if (instances.one(task.instanceId()).state().sequence() > task.sequence()) {
      return new Superseded();
    }
    throw new HostFaultException("somebody has removed a run of host %s".formatted(host));
  }

  private ActionResult giveUp(Task task, String name, String reason) {
    engine.delete("/containers/%s?force=true&v=true".formatted(name));
    take(
        task,
        state ->
            state.want(task.sequence(), DesiredContainerState.NOTHING).withRun(RecordedRun.NONE));
    return new Refused(reason);
  }

  /** Pauses or resumes what is there. */
  ActionResult move(Task task, DesiredContainerState wanted) {
    var held = instances.one(task.instanceId());
    var refusal = whyNotThere(held);
    if (refusal.isPresent()) {
      return new Refused(refusal.get());
    }
    if (take(task, state -> state.want(task.sequence(), wanted)).isEmpty()) {
      return new Superseded();
    }
    try {
      return hold(held.run().orElseThrow(), wanted)
          ? new Done()
          : new Refused(whyNotThere(instances.one(task.instanceId())).orElse("it has ended"));
    } catch (HostFaultException e) {
      // What nobody waits for any more must not be done later.
      take(task, state -> state.want(task.sequence(), held.state().wanted()));
      throw e;
    }
  }

  /**
   * Makes a run as it is wanted, whoever has paused it or let it go on; false when it has ended.
   */
  boolean hold(EngineContainer run, DesiredContainerState wanted) {
    // An engine that freezes a shell while it begins answers nothing more about the container.
    return HostInstances.alone(run.instanceId(), () -> held(run, wanted));
  }

  private boolean held(EngineContainer run, DesiredContainerState wanted) {
    var path =
        "/containers/%s/%s"
            .formatted(run.id(), wanted == DesiredContainerState.PAUSED ? "pause" : "unpause");
    var answer = engine.post(path);
    if (answer.isOk() || answer.status() == 304) {
      return true;
    }
    // The engine refuses what is done already, in words of its own.
    var status =
        engine
            .find("/containers/%s/json".formatted(run.id()))
            .map(container -> container.path("State").path("Status").asString(""));
    if (status
        .filter(wanted == DesiredContainerState.PAUSED ? "paused"::equals : "running"::equals)
        .isPresent()) {
      return true;
    }
    if (status.isEmpty() || status.get().equals("exited") || status.get().equals("dead")) {
      return false;
    }
    engine.ok(answer, path);
    return true;
  }

  private Optional<String> whyNotThere(InstanceContainers held) {
    var run = held.wantedRun();
    if (run.isEmpty()) {
      return Optional.of("nothing of it runs on host " + host);
    }
    return run.get().isAlive()
        ? Optional.empty()
        : Optional.of(
            engine
                .find("/containers/%s/json".formatted(run.get().id()))
                .flatMap(ContainerExit::of)
                .map(ContainerExit::reason)
                .orElse("it was never started on host " + host));
  }

  int load() {
    return (int) instances.all().stream().filter(held -> held.state().takesPlace()).count();
  }
}
