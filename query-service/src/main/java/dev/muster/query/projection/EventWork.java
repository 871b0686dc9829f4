package dev.muster.query.projection;

import dev.muster.events.instance.InstanceState;
import dev.muster.events.progress.ProjectionProgress;
import dev.muster.query.feed.Position;
import dev.muster.query.feed.Work;
import dev.muster.query.instance.current.InstanceRow;
import dev.muster.query.instance.history.HistoryRow;
import dev.muster.query.operation.OperationRow;
import dev.muster.query.store.Upserts;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The folds of one poll. Instances are written last: their version says that the history and the
 * operations up to it are there.
 */
record EventWork(
    Map<Integer, PartFold> folds,
    Map<Integer, String> faults,
    Map<Integer, String> fills,
    Upserts upserts,
    FoldedInstances instances,
    ProgressPublisher progress)
    implements Work {

  @Override
  public Map<Integer, Long> newest() {
    return folds.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, fold -> fold.getValue().newest()));
  }

  @Override
  public void write() {
    upserts.replace(UnreadableRow.class, merged(fold -> fold.unreadable));
    upserts.replace(HistoryRow.class, merged(fold -> fold.history));
    upserts.replace(OperationRow.class, merged(fold -> fold.operations));
    upserts.replace(InstanceRow.class, instanceRows());
  }

  @Override
  public void written(Collection<Position> reached) {
    for (var position : reached) {
      var fold = folds.get(position.partition());
      if (fold != null) {
        instances.keep(position.partition(), fold.changed.values());
        progress.publish(
            new ProjectionProgress(
                position.partition(), position.newest(), versions(fold.changed)));
      }
    }
  }

  private <T> Map<String, T> merged(Function<PartFold, Map<String, T>> rows) {
    var all = new HashMap<String, T>();
    folds.values().forEach(fold -> all.putAll(rows.apply(fold)));
    return all;
  }

  private Map<String, InstanceRow> instanceRows() {
    var rows = new HashMap<String, InstanceRow>();
    folds.forEach(
        (partition, fold) ->
            fold.changed.forEach(
                (id, state) ->
                    rows.put(id, InstanceRow.of(state, fills.getOrDefault(partition, "")))));
    return rows;
  }

  private static Map<String, Long> versions(Map<String, InstanceState> changed) {
    return changed.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, state -> state.getValue().version()));
  }
}
