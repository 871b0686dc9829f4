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
import dev.muster.command.operation.OperationEnd;
import dev.muster.command.operation.OperationEnd.Failed;
import dev.muster.command.operation.OperationEnd.Pending;
import dev.muster.command.operation.OperationEnd.Succeeded;
import dev.muster.command.operation.OperationWait;
import dev.muster.command.progress.ReadSide;
import dev.muster.command.settings.CommandSettings;
import dev.muster.events.codec.EventCodec;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.view.InstanceView;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.waiting.VersionWaiter;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Sends a command and answers when its outcome is there and can be read, or when the wait for
 * either is over.
 */
@Component
final class InstanceCommandExecutor {

  private final EventCodec codec = new EventCodec();
  private final CommandLimit limit;
  private final Commands commands;
  private final RepeatableCommands repeatable;
  private final ReadSide readSide;
  private final RecordedEvents events;
  private final OperationWait operations;
  private final Duration readWait;

  InstanceCommandExecutor(
      CommandLimit limit,
      Commands commands,
      RepeatableCommands repeatable,
      ReadSide readSide,
      RecordedEvents events,
      OperationWait operations,
      CommandSettings settings) {
    this.limit = limit;
    this.commands = commands;
    this.repeatable = repeatable;
    this.readSide = readSide;
    this.events = events;
    this.operations = operations;
    this.readWait = settings.readWait();
  }

  /**
   * @param body what a 200 says, or null for a 204; a creation answers with its instance
   * @throws ProblemException when it is rejected, when the operation fails, when the event store is
   *     away, or when too many are under way
   */
  ResponseEntity<Object> execute(
      Ask command, Preconditions preconditions, Correlation caller, @Nullable Object body) {
    try (var permit = limit.acquire(command);
        var waiter = readSide.watch(command.instanceId())) {
      var dispatched = send(command, preconditions, caller);
      if (preconditions.waitFor(command).isPresent()) {
        // What waits for a host costs nothing, and may wait for long.
        permit.close();
      }
      var answer =
          switch (end(waiter, dispatched, preconditions)) {
            case Succeeded it -> succeeded(waiter, dispatched, it.version(), body);
            case Failed it -> throw CommandProblems.failed(command, it);
            case Pending it ->
                CommandAnswers.pending(
                    dispatched.operationId(),
                    it.version(),
                    isReadable(waiter, dispatched, it.version()));
          };
      return CommandAnswers.onTerms(preconditions, answer);
    } catch (EventStoreUnavailableException e) {
      throw CommandProblems.unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandProblems.unavailable(e);
    }
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

  private OperationEnd end(
      VersionWaiter waiter, DispatchedCommand dispatched, Preconditions preconditions)
      throws InterruptedException {
    switch (dispatched.reply().decision()) {
      case Rejected(var rejection) -> throw CommandProblems.rejected(rejection);
      case Unchanged _ -> {
        return new Succeeded(dispatched.version());
      }
      case Accepted _, Joined _ -> {
        var wait = preconditions.waitFor(dispatched.command());
        return wait.isPresent() ? end(waiter, dispatched, wait.get()) : new Succeeded(1);
      }
    }
  }

  private OperationEnd end(VersionWaiter waiter, DispatchedCommand dispatched, Duration atMost)
      throws InterruptedException {
    var operationId = dispatched.operationId();
    if (!dispatched.isNew()) {
      var already = operations.ended(waiter.id(), operationId, dispatched.version());
      if (already.isPresent()) {
        return already.get();
      }
    }
    return operations.await(waiter, operationId, dispatched.version(), atMost);
  }

  private ResponseEntity<Object> succeeded(
      VersionWaiter waiter, DispatchedCommand dispatched, long version, @Nullable Object body)
      throws InterruptedException {
    if (dispatched.command() instanceof CreateInstance) {
      var created = InstanceView.of(stateAt(dispatched, version), null);
      return CommandAnswers.created(created, isReadable(waiter, dispatched, version));
    }
    return CommandAnswers.done(body, version, isReadable(waiter, dispatched, version));
  }

  private InstanceState stateAt(DispatchedCommand dispatched, long version) {
    var decided = dispatched.reply().state();
    if (decided != null && decided.version() == version) {
      return decided;
    }
    @Nullable InstanceState state = null;
    for (var recorded : events.after(dispatched.command().instanceId(), 0)) {
      if (recorded.sequence() <= version) {
        state = InstanceState.fold(state, codec.decode(recorded.encoded()));
      }
    }
    return Objects.requireNonNull(state);
  }

  /** Whether the read side shows that version; it is waited for, but not for long. */
  private boolean isReadable(VersionWaiter waiter, DispatchedCommand dispatched, long version)
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
