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
import dev.muster.web.waiting.Interest;
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
  private final Follow follow;

  InstanceCalls(
      Commands commands,
      RepeatableCommands repeatable,
      ReadSide readSide,
      RecordedEvents events,
      Follow follow) {
    this.commands = commands;
    this.repeatable = repeatable;
    this.readSide = readSide;
    this.events = events;
    this.follow = follow;
  }

  /** Answers at once, unless the caller would wait until the instance runs. */
  ResponseEntity<Object> create(CreateInstance command, Terms terms, Correlation caller) {
    return watching(
        command,
        terms,
        interest -> {
          var sent = send(command, terms, caller);
          if (sent.reply().decision() instanceof Rejected(var rejection)) {
            throw Problems.rejected(rejection);
          }
          var wait = terms.waitForCreation();
          return wait.isPresent()
              ? running(interest, sent, wait.get())
              : created(interest, sent, 1);
        });
  }

  private ResponseEntity<Object> running(Interest interest, Sent sent, Duration wait)
      throws InterruptedException {
    return switch (follow.toItsEnd(interest, sent, wait)) {
      case Succeeded it -> created(interest, sent, it.version());
      case Failed it ->
          throw Problems.failed(it).withHeader("Location", Answer.pathOf(sent.command()));
      case Pending it -> pending(interest, sent, it);
    };
  }

  private ResponseEntity<Object> created(Interest interest, Sent sent, long version)
      throws InterruptedException {
    var decided = sent.reply().state();
    var state =
        decided != null && decided.version() == version ? decided : stateAt(interest.id(), version);
    return Answer.created(InstanceView.of(state, null), follow.isReadable(interest, sent, version));
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
          var sent = send(command, terms, caller);
          return switch (sent.reply().decision()) {
            case Accepted _, Joined _ ->
                outcome(interest, sent, terms.patience().forOutcome(), body);
            case Unchanged _ -> done(interest, sent, sent.version(), body);
            case Rejected it -> throw Problems.rejected(it.rejection());
          };
        });
  }

  private ResponseEntity<Object> outcome(
      Interest interest, Sent sent, Duration wait, @Nullable Object body)
      throws InterruptedException {
    return switch (follow.toItsEnd(interest, sent, wait)) {
      case Succeeded it -> done(interest, sent, it.version(), body);
      case Failed it -> throw Problems.failed(it);
      case Pending it -> pending(interest, sent, it);
    };
  }

  private ResponseEntity<Object> done(
      Interest interest, Sent sent, long version, @Nullable Object body)
      throws InterruptedException {
    return Answer.done(body, version, follow.isReadable(interest, sent, version));
  }

  private ResponseEntity<Object> pending(Interest interest, Sent sent, Pending pending)
      throws InterruptedException {
    var version = pending.version();
    return Answer.pending(sent.operationId(), version, follow.isReadable(interest, sent, version));
  }

  private Sent send(Ask command, Terms terms, Correlation caller) {
    if (terms.since().isPresent()) {
      var since = terms.since().getAsLong();
      var reply = repeatable.send(command, terms.versions(), since, caller);
      return new Sent(command, reply, since);
    }
    var conditional = terms.versions().<InstanceCommand>map(wanted -> new OnlyAt(command, wanted));
    return new Sent(command, commands.send(conditional.orElse(command), caller), 0);
  }

  private interface Call {

    ResponseEntity<Object> with(Interest interest) throws InterruptedException;
  }

  private ResponseEntity<Object> watching(Ask command, Terms terms, Call call) {
    try (var interest = readSide.watch(command.instanceId())) {
      return Answer.onTerms(terms, call.with(interest));
    } catch (EventStoreUnavailableException e) {
      throw Problems.unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problems.unavailable(e);
    }
  }
}
