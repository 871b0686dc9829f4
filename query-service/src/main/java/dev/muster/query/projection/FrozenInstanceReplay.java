package dev.muster.query.projection;

import dev.muster.events.codec.EventCodec;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceState;
import dev.muster.query.instance.history.HistoryRow;
import dev.muster.query.operation.OperationRow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Folds on an instance that stood still at an event, now that the event may be readable. What came
 * after it is in the history already; it is folded as far as it can be read.
 */
final class FrozenInstanceReplay {

  /** Folded and written in one go; a longer history takes several. */
  private static final int MOST = 5_000;

  private final TopicMessage.Known event;
  private final EventCodec codec;
  private @Nullable InstanceState state;
  private @Nullable String refusal;
  private boolean isWhole = true;

  final Map<String, HistoryRow> history = new LinkedHashMap<>();
  final Map<String, OperationRow> operations = new HashMap<>();

  /**
   * @param state the instance as the read store has it, or null when it does not know it
   */
  FrozenInstanceReplay(TopicMessage.Known event, @Nullable InstanceState state, EventCodec codec) {
    this.event = event;
    this.state = state;
    this.codec = codec;
  }

  /** Folds the event, if it is the next one, and what is stored after it. */
  void fold(HistoryAfter stored) {
    var recorded = event.recorded();
    var row = HistoryRow.of(recorded, HistoryRow.operationId(event.event()));
    if (recorded.sequence() > version()) {
      history.put(row.id(), row);
    }
    for (int i = 0; i < MOST; i++) {
      var next =
          recorded.sequence() == version() + 1
              ? Optional.of(row)
              : stored.at(recorded.subject(), version() + 1);
      if (next.isEmpty() || !fold(next.get())) {
        return;
      }
    }
    isWhole = false;
  }

  /** The instance as it is now; empty when nothing of it could be folded. */
  Optional<InstanceState> state() {
    return Optional.ofNullable(state);
  }

  /** Why the event itself could not be folded. */
  Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** Whether there is nothing left to fold. */
  boolean isWhole() {
    return isWhole;
  }

  private long version() {
    return state == null ? 0 : state.version();
  }

  private boolean fold(HistoryRow row) {
    try {
      var decoded = codec.decode(row.encoded());
      var next = InstanceState.fold(state, decoded);
      keep(row, decoded, next);
      state = next;
      return true;
    } catch (UnreadableMessageException | IllegalStateException e) {
      if (row.sequence() == event.recorded().sequence()) {
        refusal = String.valueOf(e.getMessage());
      }
      return false;
    }
  }

  private void keep(HistoryRow row, InstanceEvent decoded, InstanceState next) {
    OperationRow.after(state, next, decoded).ifPresent(after -> operations.put(after.id(), after));
    var operation = HistoryRow.operationId(decoded);
    if (operation != null && !operation.equals(row.operationId())) {
      history.put(row.id(), row.of(operation));
    }
  }
}
