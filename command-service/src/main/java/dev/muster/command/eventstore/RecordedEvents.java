package dev.muster.command.eventstore;

import dev.muster.events.envelope.RecordedEvent;
import java.util.List;
import java.util.OptionalLong;
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
