package dev.muster.query.projection;

import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceEvent.Requested;
import dev.muster.events.instance.InstanceEvent.Settled;
import dev.muster.events.instance.InstanceState;
import dev.muster.query.instance.history.HistoryRow;
import dev.muster.query.operation.OperationRow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the records of one partition make of the states before them. */
final class PartFold {

  private static final Logger LOG = LoggerFactory.getLogger(PartFold.class);

  private final Map<String, InstanceState> before;
  private final Predicate<String> hadUnreadable;
  private long newest;

  final Map<String, HistoryRow> history = new LinkedHashMap<>();
  final Map<String, OperationRow> operations = new LinkedHashMap<>();
  final Map<String, InstanceState> changed = new HashMap<>();
  final Map<String, UnreadableRow> unreadable = new LinkedHashMap<>();

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
  void take(Message message) {
    switch (message) {
      case Message.Known known -> known(known);
      case Message.Opaque opaque -> {
        seen(opaque.recorded(), null);
        skip(opaque.trace());
      }
      case Message.Garbage garbage -> skip(garbage.trace());
    }
  }

  private void known(Message.Known known) {
    var recorded = known.recorded();
    var state = state(recorded.instanceId());
    var version = state == null ? 0 : state.version();
    if (recorded.sequence() <= version) {
      newest = Math.max(newest, recorded.position());
      return;
    }
    if (recorded.sequence() == version + 1) {
      fold(state, known);
    } else if (!isFrozen(recorded.instanceId())) {
      throw new HistoryGapException(recorded, version);
    }
    seen(recorded, operationId(known.event()));
  }

  private void fold(@Nullable InstanceState state, Message.Known known) {
    try {
      var next = InstanceState.fold(state, known.event());
      changed.put(next.instanceId(), next);
      OperationRow.after(state, next, known.event())
          .ifPresent(row -> operations.put(row.id(), row));
    } catch (IllegalStateException e) {
      skip(UnreadableRow.of(known.record(), String.valueOf(e.getMessage())));
    }
  }

  private void seen(RecordedEvent recorded, @Nullable String operationId) {
    var row = HistoryRow.of(recorded, operationId);
    history.put(row.id(), row);
    newest = Math.max(newest, recorded.position());
  }

  private void skip(UnreadableRow trace) {
    LOG.error(
        "record cannot be read and is skipped; its instance stays as it was until this service is"
            + " upgraded and its store emptied. instance_id={} record={} reason=\"{}\"",
        trace.instanceId(),
        trace.id(),
        trace.reason());
    unreadable.put(trace.id(), trace);
  }

  private boolean isFrozen(String instanceId) {
    return unreadable.values().stream().anyMatch(row -> row.instanceId().equals(instanceId))
        || hadUnreadable.test(instanceId);
  }

  private @Nullable InstanceState state(String instanceId) {
    var state = changed.get(instanceId);
    return state == null ? before.get(instanceId) : state;
  }

  private static @Nullable String operationId(InstanceEvent event) {
    return switch (event) {
      case Requested requested -> requested.operationId();
      case Settled settled -> settled.operationId();
      case InstanceEvent.OutcomeIgnored ignored -> ignored.operationId();
      case InstanceEvent.InstanceFailed _ -> null;
    };
  }
}
