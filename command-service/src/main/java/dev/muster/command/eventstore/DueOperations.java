package dev.muster.command.eventstore;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The operations whose deadline has passed. A replica claims them before it acts: no two act on the
 * same one at a time, and no lock is held meanwhile.
 *
 * <p>A claim puts the time in the row off; the deadline itself is in the event.
 *
 * <p>Everything here throws {@link EventStoreUnavailableException} when the store cannot be asked.
 */
public final class DueOperations {

  /** An operation that has waited long enough. */
  public record Due(String instanceId, String operationId) {}

  // Of a replica that dies, another takes over what it claimed. Acting twice changes nothing.
  private static final Duration CLAIM = Duration.ofSeconds(30);
  private static final Duration SET_ASIDE = Duration.ofHours(1);

  private final JdbcTemplate jdbc;

  public DueOperations(EventDatabase database) {
    this.jdbc = database.jdbc();
  }

  /** At most so many that nobody else has claimed; they come again unless they are done soon. */
  public List<Due> claim(Instant now, int atMost) {
    return RecordedEvents.asking(
        () ->
            jdbc.query(
                """
                update operation_deadline set deadline = ?
                where operation_id in (
                  select operation_id from operation_deadline
                  where deadline <= ? order by deadline limit ? for update skip locked)
                returning instance_id, operation_id
                """,
                (row, _) -> new Due(row.getString(1), row.getString(2)),
                now.plus(CLAIM).atOffset(ZoneOffset.UTC),
                now.atOffset(ZoneOffset.UTC),
                atMost));
  }

  /** It never comes again. */
  public void done(Due operation) {
    RecordedEvents.asking(
        () ->
            jdbc.update(
                "delete from operation_deadline where operation_id = ?", operation.operationId()));
  }

  /** It comes again in an hour. */
  public void setAside(Due operation, Instant now) {
    RecordedEvents.asking(
        () ->
            jdbc.update(
                "update operation_deadline set deadline = ? where operation_id = ?",
                now.plus(SET_ASIDE).atOffset(ZoneOffset.UTC),
                operation.operationId()));
  }
}
