package dev.muster.command.operator;

import dev.muster.command.eventstore.EventStoreUnavailableException;
import dev.muster.command.eventstore.PostgreSqlEventStorageEngine;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.command.keyring.PublishedKeyPosition;
import dev.muster.command.settings.CommandSettings;
import dev.muster.events.codec.OperatorEventCodec;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.operator.OperatorEvent;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Keeps what operators asked for in the event store, in the one order with everything else.
 *
 * <p>Everything here throws {@link EventStoreUnavailableException} when the store is away.
 */
@Component
public final class OperatorRecords {

  private final PostgreSqlEventStorageEngine store;
  private final RecordedEvents events;
  private final PublishedKeyPosition heard;
  private final Duration readWait;
  private final OperatorEventCodec codec = new OperatorEventCodec();

  OperatorRecords(
      PostgreSqlEventStorageEngine store,
      RecordedEvents events,
      PublishedKeyPosition heard,
      CommandSettings settings) {
    this.store = store;
    this.events = events;
    this.heard = heard;
    this.readWait = settings.readWait();
  }

  /** Whether that operation was asked for before: it may have been done, too. */
  public boolean has(String operationId) {
    return events.lastSequence(operationId) > 0;
  }

  /** Returns when it is durable; an operation that was recorded before is not recorded again. */
  public void record(OperatorEvent event, Correlation caller) {
    store.recordOnce(event.operationId(), event.at(), codec.encode(event), caller);
  }

  /** Whether the record can be read by everybody; waited for, but not for long. */
  public boolean isReadable(String operationId) {
    try {
      var position = events.lastPosition(operationId);
      return position.isPresent() && heard.await(position.getAsLong(), readWait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
