package dev.muster.command.eventstore;

import dev.muster.command.metrics.Meters;
import java.util.Map;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Axon on PostgreSQL: the parts of it that this service uses, and no others. */
@Configuration(proxyBeanMethods = false)
class EventStoreConfiguration {

  private static final long AGGREGATES_CACHED_BYTES = 48 << 20;
  private static final int EVENTS_TO_A_SNAPSHOT = 100;

  @Bean
  EventDatabase eventDatabase(Environment environment) {
    return new EventDatabase(PostgreSqlSettings.of(environment));
  }

  @Bean
  RecordedEvents recordedEvents(EventDatabase database) {
    return new RecordedEvents(database);
  }

  @Bean
  RememberedCalls rememberedCalls(EventDatabase database) {
    return new RememberedCalls(database);
  }

  @Bean
  DueOperations dueOperations(EventDatabase database) {
    return new DueOperations(database);
  }

  @Bean
  ReaderLag readerLag(EventDatabase database) {
    return new ReaderLag(database);
  }

  @Bean
  PostgreSqlEventStorageEngine eventStorageEngine(
      EventDatabase database, Meters meters, AppendListener listener) {
    return new PostgreSqlEventStorageEngine(
        database, meters.sizes("muster.append.batch.size"), listener);
  }

  @Bean
  EmbeddedEventStore eventStore(PostgreSqlEventStorageEngine engine) {
    return EmbeddedEventStore.builder().storageEngine(engine).build();
  }

  // Without a transaction manager: the one statement of the group commit is the transaction.
  @Bean
  CommandBus commandBus() {
    return SimpleCommandBus.builder().build();
  }

  // Where an event came from is said at each one by the aggregate; Axon's own ids are not kept.
  @Bean
  CorrelationDataProvider eventOriginProvider() {
    return message -> Map.of();
  }

  @Bean
  AggregateCache aggregateCache() {
    return new AggregateCache(AGGREGATES_CACHED_BYTES);
  }

  @Bean
  Snapshotter instanceSnapshotter(EventDatabase database, RecordedEvents events) {
    return new InstanceSnapshotter(events, new Snapshots(database));
  }

  @Bean
  SnapshotTriggerDefinition snapshotTrigger(Snapshotter snapshotter) {
    return new EventCountSnapshotTriggerDefinition(snapshotter, EVENTS_TO_A_SNAPSHOT);
  }
}
