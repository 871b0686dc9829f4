package dev.muster.command.instance.web;

import dev.muster.command.dispatch.Commands;
import dev.muster.command.dispatch.RepeatableCommands;
import dev.muster.command.eventstore.EventStoreUnavailableException;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.command.instance.Decision.Accepted;
import dev.muster.command.instance.Decision.Joined;
import dev.muster.command.instance.Decision.Rejected;
import dev.muster.command.instance.Decision.Unchanged;
import dev.muster.command.instance.InstanceCommand;
import dev.muster.command.instance.InstanceCommand.Ask;
import dev.muster.command.instance.InstanceCommand.CreateInstance;
import dev.muster.command.instance.InstanceCommand.OnlyAt;
import dev.muster.command.instance.Reply;
import dev.muster.command.operation.OperationEnd;
import dev.muster.command.operation.OperationEnd.Failed;
import dev.muster.command.operation.OperationEnd.Pending;
import dev.muster.command.operation.OperationEnd.Succeeded;
import dev.muster.command.operation.OperationWait;
import dev.muster.command.progress.Interest;
import dev.muster.command.progress.ReadSide;
import dev.muster.command.progress.TooManyWaitException;
import dev.muster.events.codec.EventCodec;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.instance.InstanceState;
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

  private static final Duration WAIT_FOR_READ_SIDE = Duration.ofSeconds(2);

  private final EventCodec codec = new EventCodec();
  private final Commands commands;
  private final RepeatableCommands repeatable;
  private final ReadSide readSide;
  private final RecordedEvents events;
  private final OperationWait operations;

  InstanceCalls(
      Commands commands,
      RepeatableCommands repeatable,
      ReadSide readSide,
      RecordedEvents events,
      OperationWait operations) {
    this.commands = commands;
    this.repeatable = repeatable;
    this.readSide = readSide;
    this.events = events;
    this.operations = operations;
  }

  /** Answers at once, unless the caller would wait until the instance runs. */
  ResponseEntity<Object> create(CreateInstance command, Terms terms, Correlation caller) {
    return watching(
        command,
        terms,
        interest -> {
          var reply = send(command, terms, caller);
          if (reply.decision() instanceof Rejected(var rejection)) {
            throw Problems.rejected(rejection);
          }
          var wait = terms.patience().forCreation();
          return wait.isPresent()
              ? running(interest, command, reply, wait.get())
              : created(interest, command, reply, 1);
        });
  }

  private ResponseEntity<Object> running(
      Interest interest, CreateInstance command, Reply reply, Duration wait)
      throws InterruptedException {
    return switch (end(interest, command, reply, 1, wait)) {
      case Succeeded it -> created(interest, command, reply, it.version());
      case Failed it -> throw Problems.failed(it).withHeader("Location", Answer.pathOf(command));
      case Pending it -> pending(interest, command.operationId(), it, isNew(reply));
    };
  }

  private ResponseEntity<Object> created(
      Interest interest, CreateInstance command, Reply reply, long version)
      throws InterruptedException {
    var decided = reply.state();
    var state =
        decided != null && decided.version() == version
            ? decided
            : stateAt(command.instanceId(), version);
    return Answer.created(
        InstanceView.of(state, null), isReadable(interest, version, isNew(reply)));
  }

  private InstanceState stateAt(String instanceId, long version) {
    @Nullable InstanceState state = null;
    for (var recorded : events.after(instanceId, 0)) {
      if (recorded.sequence() <= version) {
        state = InstanceState.fold(state, codec.decode(recorded.encoded()));
      }
    }
    return Objects.requireNonNull(state);
  }

  /**
   * @param body what a 200 says, or null for a 204
   */
  ResponseEntity<Object> ask(Ask command, Terms terms, Correlation caller, @Nullable Object body) {
    return watching(
        command,
        terms,
        interest -> {
          var reply = send(command, terms, caller);
          return switch (reply.decision()) {
            case Accepted _, Joined _ -> outcome(interest, command, terms, reply, body);
            case Unchanged _ ->
                Answer.done(body, reply.version(), isReadable(interest, reply.version(), false));
            case Rejected it -> throw Problems.rejected(it.rejection());
          };
        });
  }

  private Reply send(Ask command, Terms terms, Correlation caller) {
    if (terms.since().isPresent()) {
      return repeatable.send(command, terms.versions(), terms.since().getAsLong(), caller);
    }
    return commands.send(
        terms.versions().<InstanceCommand>map(v -> new OnlyAt(command, v)).orElse(command), caller);
  }

  private ResponseEntity<Object> outcome(
      Interest interest, Ask command, Terms terms, Reply reply, @Nullable Object body)
      throws InterruptedException {
    var known = Math.max(reply.version(), terms.since().orElse(0));
    var isNew = isNew(reply);
    return switch (end(interest, command, reply, known, terms.patience().forOutcome())) {
      case Succeeded it ->
          Answer.done(body, it.version(), isReadable(interest, it.version(), isNew));
      case Failed it -> throw Problems.failed(it);
      case Pending it -> pending(interest, operationOf(command, reply), it, isNew);
    };
  }

  private OperationEnd end(Interest interest, Ask command, Reply reply, long known, Duration wait)
      throws InterruptedException {
    var operationId = operationOf(command, reply);
    if (!isNew(reply)) {
      var already = operations.ended(interest.instanceId(), operationId, known);
      if (already.isPresent()) {
        return already.get();
      }
    }
    return operations.await(interest, operationId, known, wait);
  }

  private static String operationOf(Ask command, Reply reply) {
    return reply.decision() instanceof Joined(var operationId)
        ? operationId
        : command.operationId();
  }

  private static boolean isNew(Reply reply) {
    return reply.decision() instanceof Accepted;
  }

  private ResponseEntity<Object> pending(
      Interest interest, String operationId, Pending pending, boolean isNew)
      throws InterruptedException {
    return Answer.pending(
        operationId, pending.version(), isReadable(interest, pending.version(), isNew));
  }

  // What was written long ago may not be heard of again.
  private boolean isReadable(Interest interest, long version, boolean isNew)
      throws InterruptedException {
    return isNew ? isReadable(interest, version) : isReadableAlready(interest, version);
  }

  private static boolean isReadable(Interest interest, long version) throws InterruptedException {
    return interest.await(version, WAIT_FOR_READ_SIDE) >= version;
  }

  private boolean isReadableAlready(Interest interest, long version) throws InterruptedException {
    var position = events.lastPosition(interest.instanceId());
    return position.isEmpty()
        || readSide.shows(interest.instanceId(), position.getAsLong())
        || isReadable(interest, version);
  }

  private interface Call {

    ResponseEntity<Object> with(Interest interest) throws InterruptedException;
  }

  private ResponseEntity<Object> watching(Ask command, Terms terms, Call call) {
    try (var interest = readSide.watch(command.instanceId())) {
      return Answer.onTerms(terms, call.with(interest));
    } catch (EventStoreUnavailableException | TooManyWaitException e) {
      throw Problems.unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problems.unavailable(e);
    }
  }
}
