package dev.muster.worker.driver.docker;

import dev.muster.worker.driver.HostOutput;
import dev.muster.worker.driver.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the instances of a host print: the logs of their runs, one after the other. A container that
 * is over stays until its log was taken.
 */
final class ContainerOutput implements HostOutput {

  private final HostInstances instances;
  private final ContainerLog log;

  /** The newest piece of a run at which nothing was left to take. */
  private final Map<String, Silence> silent = new ConcurrentHashMap<>();

  private record Silence(String container, boolean isAlive, long at, int length) {}

  ContainerOutput(DockerEngine engine, HostInstances instances) {
    this.instances = instances;
    this.log = new ContainerLog(engine);
  }

  @Override
  public List<String> printing() {
    var found = new ArrayList<String>();
    var all = instances.all();
    for (var held : all) {
      if (!held.runs().isEmpty() && !isSilent(held)) {
        found.add(held.instanceId());
      }
    }
    silent.keySet().retainAll(all.stream().map(InstanceContainers::instanceId).toList());
    return found;
  }

  private boolean isSilent(InstanceContainers held) {
    var before = silent.get(held.instanceId());
    var run = held.runs().getLast();
    if (before == null || isRemoved(held) || !before.container().equals(run.id())) {
      return false;
    }
    return !run.isAlive() && !before.isAlive() || before.equals(silence(run));
  }

  private Silence silence(EngineContainer run) {
    var newest = log.newest(run);
    return new Silence(
        run.id(),
        run.isAlive(),
        newest.map(ContainerLog.Piece::at).orElse(0L),
        newest.map(piece -> piece.bytes().length).orElse(0));
  }

  @Override
  public Optional<Output> untaken(String instanceId, int atMost) {
    while (true) {
      var held = instances.one(instanceId);
      var run = next(held);
      if (run.isEmpty()) {
        return Optional.empty();
      }
      var silence = silence(run.get());
      var place = placeIn(run.get(), held.state().output());
      var left = read(run.get(), place, atMost);
      var bytes = left.bytes(atMost);
      var isLast = run.get().equals(held.runs().getLast());
      var isWhole = bytes.length == left.size() && !left.isTorn();
      var isEnd = isWhole && isLast && !run.get().isAlive() && isRemoved(held);
      if (bytes.length > 0 || isEnd) {
        return Optional.of(
            new Output(instanceId, place.offset(), left.isTorn() ? 1 : 0, bytes, isEnd));
      }
      if (isLast || run.get().isAlive()) {
        silent.put(instanceId, silence);
        return Optional.empty();
      }
      // All of it was taken, so the log of the next run is next.
      move(instanceId, place.ofRun(run.get().run() + 1));
      instances.remove(run.get());
    }
  }

  @Override
  public void taken(Output output, int count) {
    var held = instances.one(output.instanceId());
    var run = next(held);
    if (run.isEmpty()) {
      return;
    }
    var place = placeIn(run.get(), held.state().output());
    var more = (int) (output.offset() + count - place.offset());
    if (more > 0) {
      move(output.instanceId(), read(run.get(), place, more).after(more));
    }
    if (output.last() && count == output.bytes().length) {
      held.runs().forEach(instances::remove);
    }
  }

  /** The oldest run whose log was not taken whole. */
  private static Optional<EngineContainer> next(InstanceContainers held) {
    var from = held.state().output().run();
    return held.runs().stream().filter(run -> run.run() >= from && !run.isNew()).findFirst();
  }

  private static LogCursor placeIn(EngineContainer run, LogCursor place) {
    return place.run() == run.run() ? place : place.ofRun(run.run());
  }

  private UntakenOutput read(EngineContainer run, LogCursor place, int atMost) {
    var most = place.skip() + atMost + 1L;
    return UntakenOutput.of(place, log.since(run, place.second(), most));
  }

  private void move(String instanceId, LogCursor next) {
    instances.update(
        instanceId,
        state -> next.offset() >= state.output().offset() ? state.withOutput(next) : state);
  }

  private static boolean isRemoved(InstanceContainers held) {
    return held.state().wanted() == DesiredContainerState.REMOVED;
  }
}
