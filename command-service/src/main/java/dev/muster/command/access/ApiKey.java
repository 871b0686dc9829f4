package dev.muster.command.access;

import dev.muster.command.access.ApiKeyCommand.IssueKey;
import dev.muster.command.access.ApiKeyCommand.RecordKeyUse;
import dev.muster.command.access.ApiKeyCommand.ReplaceKey;
import dev.muster.command.access.ApiKeyCommand.RevokeKey;
import dev.muster.command.access.KeyDecision.Accepted;
import dev.muster.events.access.ApiKeyEvent;
import dev.muster.events.access.ApiKeyState;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** Applies what {@link DecideKey} decides; knows nothing by itself. */
@Aggregate
final class ApiKey {

  @AggregateIdentifier private @Nullable String id;
  private @Nullable ApiKeyState state;

  ApiKey() {}

  // Never loaded first: whether the id is taken is for the unique key of the store to say.
  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  KeyReply issue(IssueKey command, MetaData metaData) {
    return handle(command, metaData);
  }

  @CommandHandler
  KeyReply replace(ReplaceKey command, MetaData metaData) {
    return handle(command, metaData);
  }

  @CommandHandler
  KeyReply seen(RecordKeyUse command, MetaData metaData) {
    return handle(command, metaData);
  }

  @CommandHandler
  KeyReply revoke(RevokeKey command, MetaData metaData) {
    return handle(command, metaData);
  }

  @EventSourcingHandler
  void on(ApiKeyEvent event) {
    id = event.keyId();
    state = ApiKeyState.fold(state, event);
  }

  private KeyReply handle(ApiKeyCommand command, MetaData metaData) {
    var decision = DecideKey.decide(state, command);
    if (decision instanceof Accepted(var event)) {
      AggregateLifecycle.apply(event, metaData);
    }
    return new KeyReply(decision, state);
  }
}
