package dev.muster.query.projection;

import dev.muster.events.instance.InstanceState;
import dev.muster.events.progress.ProjectionProgress;
import dev.muster.kafka.projection.CommittedOffset;
import dev.muster.kafka.projection.PartitionRecords;
import dev.muster.kafka.projection.Position;
import dev.muster.kafka.projection.ProjectedBatch;
import dev.muster.query.instance.current.InstanceRow;
import dev.muster.query.instance.history.HistoryRow;
import dev.muster.query.operation.OperationRow;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The folds of one poll. Instances are written last: their version says that the history and the
 * operations up to it are there. Letters are written first: a record that was read past is never
 * without one.
 */
record EventWork(Map<Integer, Folded> folds, Map<Integer, String> faults, ProjectionSinks to)
    implements ProjectedBatch {

  /**
   * @param mark the records before it have their letters already
   */
  record Folded(PartitionRecords part, CommittedOffset mark, PartFold fold) {}

  @Override
  public Map<Integer, Long> newest() {
    return folds.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, folded -> folded.getValue().fold().newest()));
  }

  @Override
  public void write() {
    writeLetters();
    to.rows().replace(UnreadableRow.class, unreadableRows());
    to.rows().replace(HistoryRow.class, merged(fold -> fold.history));
    to.rows().replace(OperationRow.class, merged(fold -> fold.operations));
    to.rows().replace(InstanceRow.class, instanceRows());
  }

  @Override
  public void written(Collection<Position> reached) {
    for (var position : reached) {
      var folded = folds.get(position.partition());
      if (folded != null) {
        var changed = folded.fold().changed;
        to.instances().keep(position.partition(), changed.values());
        to.progress()
            .publish(
                new ProjectionProgress(position.partition(), position.newest(), versions(changed)));
      }
    }
  }

  private void writeLetters() {
    var now = Instant.now();
    to.letters()
        .write(
            folds.values().stream()
                .flatMap(
                    folded ->
                        folded.fold().unreadable.stream()
                            .filter(skipped -> skipped.record().offset() >= folded.mark().next()))
                .map(skipped -> skipped.letter(1, now))
                .toList());
  }

  private Map<String, UnreadableRow> unreadableRows() {
    return folds.values().stream()
        .flatMap(folded -> folded.fold().unreadable.stream())
        .map(Unreadable::row)
        .collect(Collectors.toMap(UnreadableRow::id, Function.identity()));
  }

  private <T> Map<String, T> merged(Function<PartFold, Map<String, T>> rows) {
    var all = new HashMap<String, T>();
    folds.values().forEach(folded -> all.putAll(rows.apply(folded.fold())));
    return all;
  }

  private Map<String, InstanceRow> instanceRows() {
    var rows = new HashMap<String, InstanceRow>();
    for (var folded : folds.values()) {
      var fill = folded.part().position().fill();
      folded.fold().changed.forEach((id, state) -> rows.put(id, InstanceRow.of(state, fill)));
    }
    return rows;
  }

  private static Map<String, Long> versions(Map<String, InstanceState> changed) {
    return changed.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, state -> state.getValue().version()));
  }
}
