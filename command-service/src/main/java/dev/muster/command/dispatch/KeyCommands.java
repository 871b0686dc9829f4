package dev.muster.command.dispatch;

import dev.muster.command.access.ApiKeyCommand;
import dev.muster.command.access.ApiKeyCommand.IssueKey;
import dev.muster.command.access.KeyRejection;
import dev.muster.command.access.KeyReply;
import dev.muster.command.eventstore.EventStoreUnavailableException;
import dev.muster.command.eventstore.RecordedEvents;
import dev.muster.command.instance.EventOrigin;
import dev.muster.events.envelope.Correlation;
import java.util.Optional;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.stereotype.Component;

/** Sends commands to API keys. Safe with any number of replicas on one event store. */
@Component
public final class KeyCommands {

  private final CommandGateway gateway;
  private final RecordedEvents events;

  KeyCommands(CommandGateway gateway, RecordedEvents events) {
    this.gateway = gateway;
    this.events = events;
  }

  /**
   * Returns when whatever the command led to is durable. A rejection is a normal answer.
   *
   * @throws EventStoreUnavailableException when the store is away
   */
  public KeyReply send(ApiKeyCommand command, Correlation correlation) {
    return ConflictRetries.untilDone(command.keyId(), () -> attempt(command, correlation));
  }

  private Optional<KeyReply> attempt(ApiKeyCommand command, Correlation correlation) {
    // Axon would find out too, but reports each caller's slip to operators, with a stack trace.
    if (!(command instanceof IssueKey) && events.lastSequence(command.keyId()) == 0) {
      return Optional.of(KeyReply.rejected(KeyRejection.UNKNOWN));
    }
    try {
      return Optional.of(gateway.sendAndWait(command, EventOrigin.metaData(correlation)));
    } catch (ConcurrencyException e) {
      return command instanceof IssueKey
          ? Optional.of(KeyReply.rejected(KeyRejection.EXISTS))
          : Optional.empty();
    }
  }
}
