package dev.muster.worker.driver.docker;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an engine has of one instance at one time.
 *
 * @param records its records, the newest first; more than one only after two workers met
 * @param runs its runs, the oldest first
 */
record InstanceContainers(
    String instanceId,
    RecordState state,
    List<EngineContainer> records,
    List<EngineContainer> runs) {

  /**
   * @param prefix of the names of its records
   */
  static InstanceContainers of(String instanceId, String prefix, List<EngineContainer> containers) {
    var records =
        containers.stream()
            .filter(EngineContainer::isRecord)
            .filter(record -> state(record, prefix).isPresent())
            .sorted(
                Comparator.<EngineContainer>comparingLong(
                        r -> -state(r, prefix).orElseThrow().version())
                    .thenComparing(EngineContainer::id))
            .toList();
    var runs =
        containers.stream()
            .filter(container -> !container.isRecord() && container.run() > 0)
            .sorted(Comparator.comparingLong(EngineContainer::run))
            .toList();
    var written = records.stream().findFirst().flatMap(r -> state(r, prefix));
    var state =
        written.filter(known -> known.version() > 0).or(() -> ofRuns(runs)).orElse(RecordState.NEW);
    return new InstanceContainers(instanceId, state, records, runs);
  }

  private static Optional<RecordState> state(EngineContainer record, String prefix) {
    return record.name().startsWith(prefix)
        ? RecordState.parse(record.name().substring(prefix.length()))
        : Optional.empty();
  }

  // Somebody has removed its record, with docker system prune perhaps.
  private static Optional<RecordState> ofRuns(List<EngineContainer> runs) {
    return runs.stream()
        .filter(run -> run.isAlive())
        .reduce((_, newer) -> newer)
        .map(
            run ->
                RecordState.NEW
                    .want(
                        run.run(),
                        run.isPaused()
                            ? DesiredContainerState.PAUSED
                            : DesiredContainerState.RUNNING)
                    .withRun(new RecordedRun(run.run(), run.runId(), RecordedRun.Told.START, 0)));
  }

  /** The container of its newest run; empty when somebody has removed that. */
  Optional<EngineContainer> run() {
    return runs.stream().filter(this::isNewest).findFirst();
  }

  boolean isNewest(EngineContainer run) {
    return run.run() == state.run().sequence() && run.runId().equals(state.run().id());
  }

  /** What is to run, whether it does or not; empty when nothing is. */
  Optional<EngineContainer> wantedRun() {
    return state.wanted().isRun() ? run() : Optional.empty();
  }
}
