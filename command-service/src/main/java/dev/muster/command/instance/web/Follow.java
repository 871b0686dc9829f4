package dev.muster.command.instance.web;

import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.command.operation.OperationEnd;
import dev.muster.command.operation.OperationWait;
import dev.muster.command.progress.ReadSide;
import dev.muster.command.settings.CommandSettings;
import dev.muster.web.waiting.Interest;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Follows a command: to its outcome, and until what came of it can be read. */
@Component
final class Follow {

  private final ReadSide readSide;
  private final RecordedEvents events;
  private final OperationWait operations;
  private final Duration readWait;

  Follow(
      ReadSide readSide,
      RecordedEvents events,
      OperationWait operations,
      CommandSettings settings) {
    this.readSide = readSide;
    this.events = events;
    this.operations = operations;
    this.readWait = settings.readWait();
  }

  OperationEnd toItsEnd(Interest interest, Sent sent, Duration atMost) throws InterruptedException {
    if (!sent.isNew()) {
      var already = operations.ended(interest.id(), sent.operationId(), sent.version());
      if (already.isPresent()) {
        return already.get();
      }
    }
    return operations.await(interest, sent.operationId(), sent.version(), atMost);
  }

  /** Whether the read side shows that version; it is waited for, but not for long. */
  boolean isReadable(Interest interest, Sent sent, long version) throws InterruptedException {
    return (!sent.isNew() && showsAll(interest.id()))
        || interest.await(version, readWait) >= version;
  }

  // What was written long ago is not heard of again.
  private boolean showsAll(String instanceId) {
    var position = events.lastPosition(instanceId);
    return position.isEmpty() || readSide.shows(instanceId, position.getAsLong());
  }
}
