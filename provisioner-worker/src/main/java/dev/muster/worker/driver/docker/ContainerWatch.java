package dev.muster.worker.driver.docker;

import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what runs, and removes what should not. */
final class ContainerWatch {

  private static final Logger log = LoggerFactory.getLogger(ContainerWatch.class);

  /** Far longer than any deadline, past which no worker acts on a task any more. */
  private static final Duration KEPT = Duration.ofHours(1);

  private final DockerEngine engine;
  private final HostInstances instances;
  private final ContainerRuns runs;
  private final ContainerStop ending;

  ContainerWatch(
      DockerEngine engine, HostInstances instances, ContainerRuns runs, ContainerStop ending) {
    this.engine = engine;
    this.instances = instances;
    this.runs = runs;
    this.ending = ending;
  }

  List<Observation> observe() {
    var found = new ArrayList<Observation>();
    for (var held : instances.all()) {
      if (held.state().wanted().isRun() && held.state().run().told() == RecordedRun.Told.START) {
        try {
          observe(held).ifPresent(found::add);
        } catch (HostFaultException e) {
          engine.unlessAway(e, held.instanceId());
        }
      }
    }
    return found;
  }

  private Optional<Observation> observe(InstanceContainers held) {
    var id = held.instanceId();
    var runId = held.state().run().id();
    var run = held.run();
    if (run.isEmpty()) {
      return Optional.of(
          new Observation.Ended(id, runId, null, "somebody has removed its container"));
    }
    var wanted = held.state().wanted();
    if (run.get().isAlive()) {
      if (run.get().isPaused() != (wanted == DesiredContainerState.PAUSED)) {
        log.warn("somebody has paused or resumed an instance, undone instance_id={}", id);
        hold(run.get(), wanted);
      }
      return Optional.of(new Observation.Alive(id, runId));
    }
    return engine
        .find("/containers/%s/json".formatted(run.get().id()))
        .flatMap(ContainerExit::of)
        .map(end -> new Observation.Ended(id, runId, end.exitCode(), end.reason()));
  }

  private void hold(EngineContainer run, DesiredContainerState wanted) {
    try {
      runs.hold(run, wanted);
    } catch (HostFaultException e) {
      engine.unlessAway(e, run.instanceId());
    }
  }

  void reconcile() throws InterruptedException {
    for (var held : instances.all()) {
      try {
        reconcile(held);
      } catch (HostFaultException e) {
        engine.unlessAway(e, held.instanceId());
      }
    }
  }

  private void reconcile(InstanceContainers held) throws InterruptedException {
    var id = held.instanceId();
    var state = held.state();
    if (held.records().isEmpty() && !held.runs().isEmpty()) {
      log.warn("somebody has removed the record of an instance, made anew instance_id={}", id);
      instances.update(id, known -> state.withVersion(known.version()));
    }
    if (state.wanted() == DesiredContainerState.STARTING) {
      giveUp(held);
      return;
    }
    for (var run : held.runs()) {
      var isWanted = held.isNewest(run) && state.wanted().isRun() && !state.run().isOver();
      if (run.isAlive() && !isWanted) {
        log.warn("a run goes on that should have ended, ending it instance_id={}", id);
        ending.end(id, run::equals);
      }
    }
    if (isOld(state) && !state.wanted().isRun()) {
      forget(held);
    }
  }

  // Whoever was to start it has died, and nobody else was asked.
  private void giveUp(InstanceContainers held) {
    if (isOld(held.state())) {
      instances.update(
          held.instanceId(),
          state ->
              state.sequence() == held.state().sequence()
                  ? state.want(state.sequence(), DesiredContainerState.NOTHING)
                  : state);
    }
  }

  private void forget(InstanceContainers held) {
    if (held.runs().stream().anyMatch(EngineContainer::isAlive)) {
      return;
    }
    held.runs().forEach(instances::remove);
    if (held.state().wanted() == DesiredContainerState.REMOVED
        || held.state().run().sequence() == 0) {
      held.records().forEach(instances::remove);
    }
  }

  private static boolean isOld(RecordState state) {
    return state.changedAt() < System.currentTimeMillis() / 1000 - KEPT.toSeconds();
  }
}
