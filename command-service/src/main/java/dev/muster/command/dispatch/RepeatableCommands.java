package dev.muster.command.dispatch;

import dev.muster.command.eventstore.EventStoreUnavailableException;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.command.instance.Decision.Joined;
import dev.muster.command.instance.Decision.Rejected;
import dev.muster.command.instance.InstanceCommand.Ask;
import dev.muster.command.instance.InstanceCommand.CreateInstance;
import dev.muster.command.instance.InstanceCommand.OnlyAt;
import dev.muster.command.instance.Rejection.Changed;
import dev.muster.command.instance.Rejection.Exists;
import dev.muster.command.instance.Reply;
import dev.muster.events.codec.EventCodec;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.InstanceEvent.Requested;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Commands that may have been given before, here or at another replica: each is done once, by the
 * operation id that it keeps. One whose request is among the events already is joined.
 */
@Component
public final class RepeatableCommands {

  private static final int ATTEMPTS = 20;

  private final EventCodec codec = new EventCodec();
  private final Commands commands;
  private final RecordedEvents events;

  RepeatableCommands(Commands commands, RecordedEvents events) {
    this.commands = commands;
    this.events = events;
  }

  /**
   * @param versions at which alone it is to be done; any when empty
   * @param since the version of the instance when the operation id was made
   * @throws EventStoreUnavailableException as {@link Commands#send}
   */
  public Reply send(Ask ask, Optional<Set<Long>> versions, long since, Correlation correlation) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var news = events.after(ask.instanceId(), since);
      if (news.stream().anyMatch(event -> isRequestOf(ask, event))) {
        return new Reply(new Joined(ask.operationId()), null);
      }
      var reply = attempt(ask, versions, newest(news, since), correlation);
      if (reply.isPresent()) {
        return reply.get();
      }
    }
    throw new EventStoreUnavailableException(
        "%s changes too fast for another command".formatted(ask.instanceId()));
  }

  /** Empty when something happened meanwhile, which may have been this very command. */
  private Optional<Reply> attempt(
      Ask ask, Optional<Set<Long>> versions, long newest, Correlation correlation) {
    if (versions.isPresent() && !versions.get().contains(newest)) {
      return Optional.of(new Reply(new Rejected(new Changed(newest)), null));
    }
    var isCreation = ask instanceof CreateInstance;
    var reply = commands.send(isCreation ? ask : new OnlyAt(ask, Set.of(newest)), correlation);
    if (!(reply.decision() instanceof Rejected(var rejection))) {
      return Optional.of(reply);
    }
    return switch (rejection) {
      case Changed _, Exists _ -> Optional.empty();
      default -> Optional.of(reply);
    };
  }

  private static long newest(List<RecordedEvent> news, long since) {
    return news.isEmpty() ? since : news.getLast().sequence();
  }

  private boolean isRequestOf(Ask ask, RecordedEvent event) {
    return codec.decode(event.encoded()) instanceof Requested request
        && request.operationId().equals(ask.operationId());
  }
}
