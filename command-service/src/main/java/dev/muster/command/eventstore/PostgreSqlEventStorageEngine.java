package dev.muster.command.eventstore;

import dev.muster.events.envelope.Correlation;
import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceState;
import java.time.Instant;
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
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Axon's events in this platform's own table: logical types instead of class names, sequences from
 * 1 where Axon counts from 0. The global order is read by {@code publish}, never through Axon.
 */
public final class PostgreSqlEventStorageEngine implements EventStorageEngine, AutoCloseable {

  private final Payloads payloads = new Payloads();
  private final RecordedEvents events;
  private final Snapshots snapshots;
  private final EventStoreGate gate;
  private final GroupCommit writer;
  private final AppendListener listener;

  public PostgreSqlEventStorageEngine(EventDatabase database) {
    this(database, _ -> {}, (_, _) -> {});
  }

  /**
   * @param batchSizes is told how many events each statement had that was committed
   * @param listener is told of each event that was committed
   */
  PostgreSqlEventStorageEngine(
      EventDatabase database, IntConsumer batchSizes, AppendListener listener) {
    this.listener = listener;
    this.gate = database.gate();
    this.events = new RecordedEvents(database);
    this.snapshots = new Snapshots(database);
    this.writer = new GroupCommit(new EventInsert(database.writerJdbc()), batchSizes);
  }

  @Override
  public void appendEvents(List<? extends EventMessage<?>> messages) {
    if (!messages.isEmpty()) {
      gate.requireOpen();
      var stored = messages.stream().map(payloads::stored).toList();
      writer.append(stored);
      stored.forEach(event -> listener.appended(event.instanceId(), event.sequence()));
    }
  }

  /**
   * Records the one event that is about a subject, beside Axon, which folds nothing from it.
   *
   * @return false when the subject has its event already
   */
  public boolean recordOnce(String subject, Instant at, EncodedEvent event, Correlation origin) {
    gate.requireOpen();
    try {
      writer.append(List.of(new NewEvent(Ids.newEvent(), subject, 1, at, origin, event, null)));
      return true;
    } catch (ConcurrencyException e) {
      return false;
    }
  }

  @Override
  public void storeSnapshot(DomainEventMessage<?> snapshot) {
    snapshots.keep((InstanceState) snapshot.getPayload());
  }

  @Override
  public DomainEventStream readEvents(String id, long firstSequenceNumber) {
    return DomainEventStream.of(
        events.after(id, firstSequenceNumber).stream().map(payloads::message));
  }

  @Override
  public Optional<DomainEventMessage<?>> readSnapshot(String instanceId) {
    return snapshots
        .find(instanceId)
        .map(
            state ->
                new GenericDomainEventMessage<>(
                    Payloads.INSTANCE, instanceId, state.version() - 1, state));
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
}
