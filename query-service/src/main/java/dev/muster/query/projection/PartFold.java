package dev.muster.query.projection;

import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.InstanceState;
import dev.muster.query.instance.history.HistoryRow;
import dev.muster.query.operation.OperationRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the records of one partition make of the states before them. */
final class PartFold {

  private static final Logger log = LoggerFactory.getLogger(PartFold.class);

  private final Map<String, InstanceState> before;
  private final Predicate<String> hadUnreadable;
  private long newest;

  final Map<String, HistoryRow> history = new LinkedHashMap<>();
  final Map<String, OperationRow> operations = new LinkedHashMap<>();
  final Map<String, InstanceState> changed = new HashMap<>();
  final List<Unreadable> unreadable = new ArrayList<>();

  /**
   * @param hadUnreadable whether the store knows of an unreadable record of an instance
   */
  PartFold(Map<String, InstanceState> before, Predicate<String> hadUnreadable, long newest) {
    this.before = before;
    this.hadUnreadable = hadUnreadable;
    this.newest = newest;
  }

  long newest() {
    return newest;
  }

  /**
   * @throws HistoryGapException when an event of the instance is missing before this one
   */
  void take(TopicMessage message) {
    switch (message) {
      case TopicMessage.Known known -> known(known);
      case TopicMessage.Opaque opaque -> {
        seen(opaque.recorded(), null);
        skip(opaque.why());
      }
      case TopicMessage.Garbage garbage -> skip(garbage.why());
    }
  }

  private void known(TopicMessage.Known known) {
    var recorded = known.recorded();
    var state = state(recorded.subject());
    var version = state == null ? 0 : state.version();
    if (recorded.sequence() <= version) {
      newest = Math.max(newest, recorded.position());
      return;
    }
    if (recorded.sequence() == version + 1) {
      fold(state, known);
    } else if (!isFrozen(recorded.subject())) {
      throw new HistoryGapException(recorded, version);
    }
    seen(recorded, HistoryRow.operationId(known.event()));
  }

  private void fold(@Nullable InstanceState state, TopicMessage.Known known) {
    try {
      var next = InstanceState.fold(state, known.event());
      changed.put(next.instanceId(), next);
      OperationRow.after(state, next, known.event())
          .ifPresent(row -> operations.put(row.id(), row));
    } catch (IllegalStateException e) {
      skip(new Unreadable(known.record(), String.valueOf(e.getMessage())));
    }
  }

  private void seen(RecordedEvent recorded, @Nullable String operationId) {
    var row = HistoryRow.of(recorded, operationId);
    history.put(row.id(), row);
    newest = Math.max(newest, recorded.position());
  }

  private void skip(Unreadable skipped) {
    var row = skipped.row();
    log.error(
        "record cannot be read and is skipped; its instance stays as it is until the dead letter is"
            + " put back, once this service is upgraded. instance_id={} record={} reason=\"{}\"",
        row.instanceId(),
        row.id(),
        row.reason());
    unreadable.add(skipped);
  }

  private boolean isFrozen(String instanceId) {
    return unreadable.stream().anyMatch(skipped -> instanceId.equals(skipped.record().key()))
        || hadUnreadable.test(instanceId);
  }

  private @Nullable InstanceState state(String instanceId) {
    var state = changed.get(instanceId);
    return state == null ? before.get(instanceId) : state;
  }
}
