package dev.muster.command.instance.web;

import dev.muster.command.dispatch.Commands;
import dev.muster.command.eventstore.EventStoreUnavailableException;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.command.instance.Decision.Accepted;
import dev.muster.command.instance.Decision.Joined;
import dev.muster.command.instance.Decision.Rejected;
import dev.muster.command.instance.Decision.Unchanged;
import dev.muster.command.instance.InstanceCommand.Ask;
import dev.muster.command.instance.InstanceCommand.CreateInstance;
import dev.muster.command.instance.Reply;
import dev.muster.command.operation.OperationEnd.Failed;
import dev.muster.command.operation.OperationEnd.Pending;
import dev.muster.command.operation.OperationEnd.Succeeded;
import dev.muster.command.operation.OperationWait;
import dev.muster.command.progress.Interest;
import dev.muster.command.progress.ReadSide;
import dev.muster.command.progress.TooManyWaitException;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.view.InstanceView;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Gives a command and answers when its outcome is there and can be read, or when the wait for
 * either is over.
 */
@Component
final class InstanceCalls {

  private static final Duration WAIT_FOR_OUTCOME = Duration.ofSeconds(10);
  private static final Duration WAIT_FOR_READ_SIDE = Duration.ofSeconds(2);

  private final Commands commands;
  private final ReadSide readSide;
  private final RecordedEvents events;
  private final OperationWait operations;

  InstanceCalls(
      Commands commands, ReadSide readSide, RecordedEvents events, OperationWait operations) {
    this.commands = commands;
    this.readSide = readSide;
    this.events = events;
    this.operations = operations;
  }

  /** Answers at once: what becomes of the creation is seen in the instance. */
  ResponseEntity<Object> create(CreateInstance command, Correlation caller) {
    return watching(
        command,
        interest -> {
          var reply = commands.send(command, caller);
          if (reply.decision() instanceof Rejected(var rejection)) {
            throw Problems.rejected(rejection);
          }
          var state = Objects.requireNonNull(reply.state());
          return Answer.created(
              InstanceView.of(state, null), isReadable(interest, state.version()));
        });
  }

  /**
   * @param body what a 200 says, or null for a 204
   */
  ResponseEntity<Object> ask(Ask command, Correlation caller, @Nullable Object body) {
    return watching(
        command,
        interest -> {
          var reply = commands.send(command, caller);
          return switch (reply.decision()) {
            case Accepted it ->
                outcome(interest, Objects.requireNonNull(it.operationId()), reply, body);
            case Joined it -> outcome(interest, it.operationId(), reply, body);
            case Unchanged _ ->
                Answer.done(body, reply.version(), isReadableAlready(interest, reply.version()));
            case Rejected it -> throw Problems.rejected(it.rejection());
          };
        });
  }

  private ResponseEntity<Object> outcome(
      Interest interest, String operationId, Reply reply, @Nullable Object body)
      throws InterruptedException {
    return switch (operations.await(interest, operationId, reply.version(), WAIT_FOR_OUTCOME)) {
      case Succeeded it -> Answer.done(body, it.version(), isReadable(interest, it.version()));
      case Failed it -> throw Problems.failed(it);
      case Pending it ->
          Answer.pending(operationId, it.version(), isReadable(interest, it.version()));
    };
  }

  private static boolean isReadable(Interest interest, long version) throws InterruptedException {
    return interest.await(version, WAIT_FOR_READ_SIDE) >= version;
  }

  // Nothing was written, so nothing may be heard: the last event may have been read long ago.
  private boolean isReadableAlready(Interest interest, long version) throws InterruptedException {
    var position = events.lastPosition(interest.instanceId());
    return position.isEmpty()
        || readSide.shows(interest.instanceId(), position.getAsLong())
        || isReadable(interest, version);
  }

  private interface Call {

    ResponseEntity<Object> with(Interest interest) throws InterruptedException;
  }

  private ResponseEntity<Object> watching(Ask command, Call call) {
    try (var interest = readSide.watch(command.instanceId())) {
      return call.with(interest);
    } catch (EventStoreUnavailableException | TooManyWaitException e) {
      throw Problems.unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problems.unavailable(e);
    }
  }
}
