package dev.muster.command.eventstore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Calls that their callers may repeat under a key, for a day.
 *
 * <p>Everything here throws {@link EventStoreUnavailableException} when the store cannot be asked.
 */
public final class RememberedCalls {

  private static final Duration KEPT = Duration.ofHours(24);

  private final JdbcTemplate jdbc;

  RememberedCalls(EventDatabase database) {
    this.jdbc = database.jdbc();
  }

  /**
   * @param caller who called, by the id of their API key
   * @param key what they called it
   * @param fingerprint of all that the call asked for
   * @param operationId given to it before anything was done
   * @param version of the instance at that time
   * @param answer empty until there is one
   */
  public record Call(
      String caller,
      String key,
      String fingerprint,
      String instanceId,
      String operationId,
      long version,
      Instant calledAt,
      Optional<String> answer) {}

  /** The call that was first under its key: this one, unless there was another within a day. */
  public Call first(Call call) {
    return RecordedEvents.asking(
        () -> {
          jdbc.update(
              """
              insert into remembered_call as known
                (caller, key, fingerprint, instance_id, operation_id, version, called_at)
              values (?, ?, ?, ?, ?, ?, ?)
              on conflict (caller, key) do update
                set fingerprint = excluded.fingerprint, instance_id = excluded.instance_id,
                    operation_id = excluded.operation_id, version = excluded.version,
                    called_at = excluded.called_at, answer = null
                where known.called_at < ?
              """,
              call.caller(),
              call.key(),
              call.fingerprint(),
              call.instanceId(),
              call.operationId(),
              call.version(),
              time(call.calledAt()),
              time(call.calledAt().minus(KEPT)));
          return jdbc.queryForObject(
              "select * from remembered_call where caller = ? and key = ?",
              (row, _) -> call(row),
              call.caller(),
              call.key());
        });
  }

  /** Keeps what the call is answered; of several answers the first. */
  public void answered(Call call, String answer) {
    RecordedEvents.asking(
        () ->
            jdbc.update(
                """
                update remembered_call set answer = ?
                where caller = ? and key = ? and operation_id = ? and answer is null
                """,
                answer,
                call.caller(),
                call.key(),
                call.operationId()));
  }

  /** Forgets calls that were made more than a day before; returns how many. */
  public int forgetOld(Instant now) {
    return RecordedEvents.asking(
        () ->
            jdbc.update("delete from remembered_call where called_at < ?", time(now.minus(KEPT))));
  }

  private static Call call(ResultSet row) throws SQLException {
    return new Call(
        row.getString("caller"),
        row.getString("key"),
        row.getString("fingerprint"),
        row.getString("instance_id"),
        row.getString("operation_id"),
        row.getLong("version"),
        row.getObject("called_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getString("answer")));
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
