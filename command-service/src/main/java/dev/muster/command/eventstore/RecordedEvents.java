package dev.muster.command.eventstore;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.muster.events.envelope.RecordedEvent;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The stored history of single instances, and of single API keys.
 *
 * <p>Everything here throws {@link EventStoreUnavailableException} when the store cannot be asked.
 */
public final class RecordedEvents {

  private final JdbcTemplate jdbc;

  public RecordedEvents(EventDatabase database) {
    this.jdbc = database.jdbc();
  }

  /** Whether that is the id of an API key; every other is an instance's. */
  public static boolean isKey(String id) {
    return id.startsWith("key_");
  }

  /** The events of an instance after the first {@code version} ones, oldest first. */
  public List<RecordedEvent> after(String instanceId, long version) {
    return asking(
        () ->
            jdbc.query(
                EventRows.SELECT + " where instance_id = ? and sequence > ? order by sequence",
                (row, _) -> EventRows.event(row),
                instanceId,
                version));
  }

  /** Those of these events that are stored just so. */
  public Set<RecordedEvent> stored(Collection<RecordedEvent> events) {
    var ids = events.stream().map(RecordedEvent::eventId).collect(toSet());
    var found =
        asking(
            () ->
                jdbc.query(
                    EventRows.SELECT + " where event_id = any(?)",
                    statement -> statement.setArray(1, texts(statement, ids)),
                    (row, _) -> EventRows.event(row)));
    var byId = found.stream().collect(toMap(RecordedEvent::eventId, Function.identity()));
    Set<RecordedEvent> stored = Collections.newSetFromMap(new IdentityHashMap<>());
    for (var event : events) {
      var same = byId.get(event.eventId());
      if (same != null && isSame(same, event)) {
        stored.add(event);
      }
    }
    return stored;
  }

  private static Array texts(PreparedStatement statement, Collection<String> texts)
      throws SQLException {
    return statement.getConnection().createArrayOf("text", texts.toArray());
  }

  private static boolean isSame(RecordedEvent one, RecordedEvent other) {
    return one.subject().equals(other.subject())
        && one.sequence() == other.sequence()
        && one.position() == other.position()
        && one.encoded().type().equals(other.encoded().type())
        && Arrays.equals(one.encoded().data(), other.encoded().data());
  }

  /** How many events an instance has; 0 when there is no such instance. */
  public long lastSequence(String instanceId) {
    return lastOf("sequence", instanceId).orElse(0);
  }

  /** The global position of an instance's newest event. */
  public OptionalLong lastPosition(String instanceId) {
    return lastOf("position", instanceId);
  }

  private OptionalLong lastOf(String column, String instanceId) {
    var found =
        asking(
            () ->
                jdbc.queryForList(
                    "select %s from event where instance_id = ? order by sequence desc limit 1"
                        .formatted(column),
                    Long.class,
                    instanceId));
    return found.stream().mapToLong(Long::longValue).findFirst();
  }

  /** Tells a store that is away from a statement that is wrong. */
  static <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (DataAccessException e) {
      throw isOutage(e)
          ? new EventStoreUnavailableException("the event store cannot be asked", e)
          : e;
    }
  }

  static boolean isOutage(DataAccessException e) {
    return e instanceof DataAccessResourceFailureException
        || e instanceof NonTransientDataAccessResourceException
        || e instanceof TransientDataAccessException
        || e instanceof RecoverableDataAccessException;
  }
}
