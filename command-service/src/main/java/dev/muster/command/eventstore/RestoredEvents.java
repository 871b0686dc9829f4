package dev.muster.command.eventstore;

import dev.muster.events.codec.EventCodec;
import dev.muster.events.codec.EventType;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceEvent.Requested;
import dev.muster.events.instance.InstanceEvent.Settled;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts events back into a store that has lost them, each at the position that it had. */
public final class RestoredEvents {

  private final EventCodec instances = new EventCodec();
  private final EventDatabase database;
  private final EventInsert insert;

  public RestoredEvents(EventDatabase database) {
    this.database = database;
    this.insert = new EventInsert(database.writerJdbc());
  }

  /** The position that the next event gets; the store has all before it. */
  public long next() {
    return RecordedEvents.asking(
        () ->
            Objects.requireNonNull(
                database.jdbc().queryForObject("select next from event_counter", Long.class)));
  }

  /** The id of the event at that position; empty where there is none. */
  public Optional<String> idAt(long position) {
    return RecordedEvents.asking(
        () ->
            database
                .jdbc()
                .queryForList(
                    "select event_id from event where position = ?", String.class, position)
                .stream()
                .findFirst());
  }

  /**
   * Puts these back, the deadlines of what they began included.
   *
   * @param events in their order, the first at {@link #next()}; nobody else may append
   * @throws IllegalStateException when they do not continue what is there
   */
  public void append(List<RecordedEvent> events) {
    var next = next();
    for (var event : events) {
      if (event.position() != next++) {
        throw new IllegalStateException(
            "event %d does not follow event %d".formatted(event.position(), next - 2));
      }
    }
    for (int from = 0; from < events.size(); from += EventInsert.EVENTS_AT_MOST) {
      var to = Math.min(events.size(), from + EventInsert.EVENTS_AT_MOST);
      insert.insert(rows(events.subList(from, to)));
    }
  }

  private List<NewEvent> rows(List<RecordedEvent> events) {
    var settled =
        decoded(events, Settled.class).map(Settled::operationId).collect(Collectors.toSet());
    return events.stream().map(event -> row(event, decoded(event), settled)).toList();
  }

  // One statement cannot take back the deadline that it gives: what ends in it gets none.
  private static NewEvent row(
      RecordedEvent event, Optional<InstanceEvent> decoded, Set<String> settled) {
    return new NewEvent(
        event.eventId(),
        event.subject(),
        event.sequence(),
        event.at(),
        event.correlation(),
        event.encoded(),
        decoded
            .filter(it -> !(it instanceof Requested begun && settled.contains(begun.operationId())))
            .orElse(null));
  }

  private <E> Stream<E> decoded(List<RecordedEvent> events, Class<E> type) {
    return events.stream()
        .flatMap(event -> decoded(event).stream())
        .filter(type::isInstance)
        .map(type::cast);
  }

  private Optional<InstanceEvent> decoded(RecordedEvent event) {
    return EventType.isOfInstance(event.encoded().type())
        ? Optional.of(instances.decode(event.encoded()))
        : Optional.empty();
  }
}
