package dev.muster.command.instance;

import dev.muster.command.instance.Decision.Accepted;
import dev.muster.command.instance.InstanceCommand.CreateInstance;
import dev.muster.command.instance.InstanceCommand.DeleteInstance;
import dev.muster.command.instance.InstanceCommand.ExpireOperation;
import dev.muster.command.instance.InstanceCommand.OnlyAt;
import dev.muster.command.instance.InstanceCommand.PauseInstance;
import dev.muster.command.instance.InstanceCommand.RecordFailure;
import dev.muster.command.instance.InstanceCommand.RecordOutcome;
import dev.muster.command.instance.InstanceCommand.RestartInstance;
import dev.muster.command.instance.InstanceCommand.ResumeInstance;
import dev.muster.events.envelope.Actor;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceEvent.RestartRequested;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.instance.Weight;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** Applies what {@link Decide} decides; knows nothing by itself. */
@Aggregate(cache = "aggregateCache", snapshotTriggerDefinition = "snapshotTrigger")
final class Instance implements Weighed {

  @AggregateIdentifier private @Nullable String id;
  private @Nullable InstanceState state;

  Instance() {}

  // Never loaded first: whether the id is taken is for the unique key of the store to say.
  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Reply create(CreateInstance command, MetaData metaData) {
    return handle(command, metaData);
  }

  @CommandHandler
  Reply pause(PauseInstance command, MetaData metaData) {
    return handle(command, metaData);
  }

  @CommandHandler
  Reply resume(ResumeInstance command, MetaData metaData) {
    return handle(command, metaData);
  }

  @CommandHandler
  Reply restart(RestartInstance command, MetaData metaData) {
    return handle(command, metaData);
  }

  @CommandHandler
  Reply delete(DeleteInstance command, MetaData metaData) {
    return handle(command, metaData);
  }

  @CommandHandler
  Reply onlyAt(OnlyAt command, MetaData metaData) {
    return handle(command, metaData);
  }

  @CommandHandler
  Reply outcome(RecordOutcome command, MetaData metaData) {
    return handle(command, metaData);
  }

  @CommandHandler
  Reply failure(RecordFailure command, MetaData metaData) {
    return handle(command, metaData);
  }

  @CommandHandler
  Reply expiry(ExpireOperation command, MetaData metaData) {
    return handle(command, metaData);
  }

  @EventSourcingHandler
  void on(InstanceEvent event) {
    on(InstanceState.fold(state, event));
  }

  /** A snapshot stands for the events it was folded from. */
  @EventSourcingHandler
  void on(InstanceState snapshot) {
    id = snapshot.instanceId();
    state = snapshot;
  }

  @Override
  public int weight() {
    return state == null ? 0 : Weight.of(state);
  }

  private Reply handle(InstanceCommand command, MetaData metaData) {
    var decision = Decide.decide(state, command);
    if (decision instanceof Accepted accepted) {
      for (var event : accepted.events()) {
        AggregateLifecycle.apply(event, origin(command, event, EventOrigin.of(metaData)));
      }
    }
    return new Reply(decision, state);
  }

  // The worker says that a run has ended; that it starts again is the platform's own doing.
  private static MetaData origin(InstanceCommand command, InstanceEvent event, Correlation given) {
    if (command instanceof RecordFailure && event instanceof RestartRequested) {
      return EventOrigin.metaData(
          new Correlation(
              Actor.PLATFORM, given.requestId(), null, given.causation(), given.traceparent()));
    }
    return EventOrigin.metaData(given);
  }
}
