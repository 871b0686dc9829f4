package dev.muster.events.instance;

import java.time.Instant;

/** An operation that waits for its outcome. */
public record Operation(String id, OperationKind kind, Instant requestedAt, Instant deadline) {

  static Operation of(InstanceEvent.Requested event) {
    return new Operation(event.operationId(), event.kind(), event.at(), event.deadline());
  }
}
