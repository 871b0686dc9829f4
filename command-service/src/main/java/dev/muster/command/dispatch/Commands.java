package dev.muster.command.dispatch;

import dev.muster.command.eventstore.AggregateCache;
import dev.muster.command.eventstore.EventStoreUnavailableException;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.command.instance.Decision.Accepted;
import dev.muster.command.instance.Decision.Rejected;
import dev.muster.command.instance.EventOrigin;
import dev.muster.command.instance.InstanceCommand;
import dev.muster.command.instance.InstanceCommand.CreateInstance;
import dev.muster.command.instance.Rejection;
import dev.muster.command.instance.Rejection.Exists;
import dev.muster.command.instance.Rejection.Unknown;
import dev.muster.command.instance.Reply;
import dev.muster.events.envelope.Correlation;
import java.util.Optional;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.stereotype.Component;

/** Sends commands to the aggregate. Safe with any number of replicas on one event store. */
@Component
public final class Commands {

  private final CommandGateway gateway;
  private final RecordedEvents events;
  private final AggregateCache cache;
  private final CommandCount count;

  Commands(
      CommandGateway gateway, RecordedEvents events, AggregateCache cache, CommandCount count) {
    this.gateway = gateway;
    this.events = events;
    this.cache = cache;
    this.count = count;
  }

  /**
   * Returns when whatever the command led to is durable. A rejection is a normal answer.
   *
   * @throws EventStoreUnavailableException when the store is away, or others kept changing the
   *     instance at the same time
   */
  public Reply send(InstanceCommand command, Correlation correlation) {
    return count.counted(
        command,
        () -> ConflictRetries.untilDone(command.instanceId(), () -> attempt(command, correlation)));
  }

  /** Empty when another replica was faster, and the command is to be decided again. */
  private Optional<Reply> attempt(InstanceCommand command, Correlation correlation) {
    if (isUnknown(command)) {
      return Optional.of(rejected(new Unknown(command.instanceId())));
    }
    try {
      Reply reply = gateway.sendAndWait(command, EventOrigin.metaData(correlation));
      return reply.decision() instanceof Accepted || isCurrent(command.instanceId(), reply)
          ? Optional.of(reply)
          : Optional.empty();
    } catch (ConcurrencyException e) {
      return command instanceof CreateInstance
          ? Optional.of(rejected(new Exists(command.instanceId())))
          : Optional.empty();
    }
  }

  // Axon would find out too, but reports each caller's slip to operators, with a stack trace.
  private boolean isUnknown(InstanceCommand command) {
    return !(command instanceof CreateInstance)
        && !cache.containsKey(command.instanceId())
        && events.lastSequence(command.instanceId()) == 0;
  }

  // What is written is checked by the store. What is not written was decided by a cached state,
  // and another replica may have moved on since.
  private boolean isCurrent(String instanceId, Reply reply) {
    if (events.lastSequence(instanceId) == reply.version()) {
      return true;
    }
    cache.remove(instanceId);
    return false;
  }

  private static Reply rejected(Rejection rejection) {
    return new Reply(new Rejected(rejection), null);
  }
}
