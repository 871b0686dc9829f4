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
import dev.muster.command.operation.OperationEnd.Failed;
import dev.muster.command.operation.OperationEnd.Pending;
import dev.muster.command.operation.OperationEnd.Succeeded;
import dev.muster.command.progress.ReadSide;
import dev.muster.events.codec.EventCodec;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.view.InstanceView;
import dev.muster.web.waiting.VersionWaiter;
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

  private final EventCodec codec = new EventCodec();
  private final Commands commands;
  private final RepeatableCommands repeatable;
  private final ReadSide readSide;
  private final RecordedEvents events;
  private final OutcomeAwaiter awaiter;

  InstanceCalls(
      Commands commands,
      RepeatableCommands repeatable,
      ReadSide readSide,
      RecordedEvents events,
      OutcomeAwaiter awaiter) {
    this.commands = commands;
    this.repeatable = repeatable;
    this.readSide = readSide;
    this.events = events;
    this.awaiter = awaiter;
  }

  /** Answers at once, unless the caller would wait until the instance runs. */
  ResponseEntity<Object> create(
      CreateInstance command, Preconditions preconditions, Correlation caller) {
    return watching(
        command,
        preconditions,
        waiter -> {
          var dispatched = send(command, preconditions, caller);
          if (dispatched.reply().decision() instanceof Rejected(var rejection)) {
            throw CommandProblems.rejected(rejection);
          }
          var wait = preconditions.waitForCreation();
          return wait.isPresent()
              ? running(waiter, dispatched, wait.get())
              : created(waiter, dispatched, 1);
        });
  }

  private ResponseEntity<Object> running(
      VersionWaiter waiter, DispatchedCommand dispatched, Duration wait)
      throws InterruptedException {
    return switch (awaiter.toItsEnd(waiter, dispatched, wait)) {
      case Succeeded it -> created(waiter, dispatched, it.version());
      case Failed it ->
          throw CommandProblems.failed(it)
              .withHeader("Location", CommandAnswers.pathOf(dispatched.command()));
      case Pending it -> pending(waiter, dispatched, it);
    };
  }

  private ResponseEntity<Object> created(
      VersionWaiter waiter, DispatchedCommand dispatched, long version)
      throws InterruptedException {
    var decided = dispatched.reply().state();
    var state =
        decided != null && decided.version() == version ? decided : stateAt(waiter.id(), version);
    return CommandAnswers.created(
        InstanceView.of(state, null), awaiter.isReadable(waiter, dispatched, version));
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
  ResponseEntity<Object> ask(
      Ask command, Preconditions preconditions, Correlation caller, @Nullable Object body) {
    return watching(
        command,
        preconditions,
        waiter -> {
          var dispatched = send(command, preconditions, caller);
          return switch (dispatched.reply().decision()) {
            case Accepted _, Joined _ ->
                outcome(waiter, dispatched, preconditions.preferredWait().forOutcome(), body);
            case Unchanged _ -> done(waiter, dispatched, dispatched.version(), body);
            case Rejected it -> throw CommandProblems.rejected(it.rejection());
          };
        });
  }

  private ResponseEntity<Object> outcome(
      VersionWaiter waiter, DispatchedCommand dispatched, Duration wait, @Nullable Object body)
      throws InterruptedException {
    return switch (awaiter.toItsEnd(waiter, dispatched, wait)) {
      case Succeeded it -> done(waiter, dispatched, it.version(), body);
      case Failed it -> throw CommandProblems.failed(it);
      case Pending it -> pending(waiter, dispatched, it);
    };
  }

  private ResponseEntity<Object> done(
      VersionWaiter waiter, DispatchedCommand dispatched, long version, @Nullable Object body)
      throws InterruptedException {
    return CommandAnswers.done(body, version, awaiter.isReadable(waiter, dispatched, version));
  }

  private ResponseEntity<Object> pending(
      VersionWaiter waiter, DispatchedCommand dispatched, Pending pending)
      throws InterruptedException {
    var version = pending.version();
    return CommandAnswers.pending(
        dispatched.operationId(), version, awaiter.isReadable(waiter, dispatched, version));
  }

  private DispatchedCommand send(Ask command, Preconditions preconditions, Correlation caller) {
    if (preconditions.since().isPresent()) {
      var since = preconditions.since().getAsLong();
      var reply = repeatable.send(command, preconditions.versions(), since, caller);
      return new DispatchedCommand(command, reply, since);
    }
    var conditional =
        preconditions.versions().<InstanceCommand>map(wanted -> new OnlyAt(command, wanted));
    return new DispatchedCommand(command, commands.send(conditional.orElse(command), caller), 0);
  }

  private interface Call {

    ResponseEntity<Object> with(VersionWaiter waiter) throws InterruptedException;
  }

  private ResponseEntity<Object> watching(Ask command, Preconditions preconditions, Call call) {
    try (var waiter = readSide.watch(command.instanceId())) {
      return CommandAnswers.onTerms(preconditions, call.with(waiter));
    } catch (EventStoreUnavailableException e) {
      throw CommandProblems.unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandProblems.unavailable(e);
    }
  }
}
