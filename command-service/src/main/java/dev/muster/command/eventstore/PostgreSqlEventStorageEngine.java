package dev.muster.command.eventstore;

import dev.muster.command.instance.EventOrigin;
import dev.muster.events.codec.EventCodec;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceState;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Axon's events in this platform's own table: logical types instead of class names, sequences from
 * 1 where Axon counts from 0. The global order is read by {@code publish}, never through Axon.
 */
public final class PostgreSqlEventStorageEngine implements EventStorageEngine, AutoCloseable {

  private static final String AGGREGATE_TYPE = "Instance";

  private final EventCodec codec = new EventCodec();
  private final RecordedEvents events;
  private final Snapshots snapshots;
  private final GroupCommit writer;

  public PostgreSqlEventStorageEngine(EventDatabase database) {
    this(database, _ -> {});
  }

  /**
   * @param batchSizes is told how many events each statement had that was committed
   */
  PostgreSqlEventStorageEngine(EventDatabase database, IntConsumer batchSizes) {
    this.events = new RecordedEvents(database);
    this.snapshots = new Snapshots(database);
    this.writer = new GroupCommit(new EventInsert(database.writerJdbc()), batchSizes);
  }

  @Override
  public void appendEvents(List<? extends EventMessage<?>> messages) {
    if (!messages.isEmpty()) {
      writer.append(messages.stream().map(this::stored).toList());
    }
  }

  @Override
  public void storeSnapshot(DomainEventMessage<?> snapshot) {
    snapshots.keep((InstanceState) snapshot.getPayload());
  }

  @Override
  public DomainEventStream readEvents(String instanceId, long firstSequenceNumber) {
    return DomainEventStream.of(
        events.after(instanceId, firstSequenceNumber).stream().map(this::message));
  }

  @Override
  public Optional<DomainEventMessage<?>> readSnapshot(String instanceId) {
    return snapshots
        .find(instanceId)
        .map(
            state ->
                new GenericDomainEventMessage<>(
                    AGGREGATE_TYPE, instanceId, state.version() - 1, state));
  }

  @Override
  public Optional<Long> lastSequenceNumberFor(String instanceId) {
    var last = events.lastSequence(instanceId);
    return last == 0 ? Optional.empty() : Optional.of(last - 1);
  }

  @Override
  public Stream<? extends TrackedEventMessage<?>> readEvents(
      @Nullable TrackingToken trackingToken, boolean mayBlock) {
    throw new UnsupportedOperationException("the global order is read by EventTail");
  }

  /** Writes what waits first. */
  @Override
  public void close() throws InterruptedException {
    writer.close();
  }

  private NewEvent stored(EventMessage<?> message) {
    var domainMessage = (DomainEventMessage<?>) message;
    var event = (InstanceEvent) message.getPayload();
    return new NewEvent(
        Ids.newEvent(),
        event.instanceId(),
        domainMessage.getSequenceNumber() + 1,
        event.at(),
        EventOrigin.of(message.getMetaData()),
        codec.encode(event));
  }

  private DomainEventMessage<?> message(RecordedEvent recorded) {
    var correlation = recorded.correlation();
    return new GenericDomainEventMessage<>(
        AGGREGATE_TYPE,
        recorded.instanceId(),
        recorded.sequence() - 1,
        codec.decode(recorded.encoded()),
        MetaData.from(EventOrigin.metaData(correlation)),
        recorded.eventId(),
        recorded.at());
  }
}
