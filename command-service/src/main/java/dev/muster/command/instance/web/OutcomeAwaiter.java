package dev.muster.command.instance.web;

import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.command.operation.OperationEnd;
import dev.muster.command.operation.OperationWait;
import dev.muster.command.progress.ReadSide;
import dev.muster.command.settings.CommandSettings;
import dev.muster.web.waiting.VersionWaiter;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Follows a command: to its outcome, and until what came of it can be read. */
@Component
final class OutcomeAwaiter {

  private final ReadSide readSide;
  private final RecordedEvents events;
  private final OperationWait operations;
  private final Duration readWait;

  OutcomeAwaiter(
      ReadSide readSide,
      RecordedEvents events,
      OperationWait operations,
      CommandSettings settings) {
    this.readSide = readSide;
    this.events = events;
    this.operations = operations;
    this.readWait = settings.readWait();
  }

  OperationEnd toItsEnd(VersionWaiter waiter, DispatchedCommand dispatched, Duration atMost)
      throws InterruptedException {
    if (!dispatched.isNew()) {
      var already = operations.ended(waiter.id(), dispatched.operationId(), dispatched.version());
      if (already.isPresent()) {
        return already.get();
      }
    }
    return operations.await(waiter, dispatched.operationId(), dispatched.version(), atMost);
  }

  /** Whether the read side shows that version; it is waited for, but not for long. */
  boolean isReadable(VersionWaiter waiter, DispatchedCommand dispatched, long version)
      throws InterruptedException {
    return (!dispatched.isNew() && showsAll(waiter.id()))
        || waiter.await(version, readWait) >= version;
  }

  // What was written long ago is not heard of again.
  private boolean showsAll(String instanceId) {
    var position = events.lastPosition(instanceId);
    return position.isEmpty() || readSide.shows(instanceId, position.getAsLong());
  }
}
