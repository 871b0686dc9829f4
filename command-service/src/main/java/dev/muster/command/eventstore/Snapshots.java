package dev.muster.command.eventstore;

import dev.muster.events.codec.Json;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.instance.InstanceState;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** Folded states, kept to make loading cheap. Losing one costs time, nothing else. */
final class Snapshots {

  private static final Logger log = LoggerFactory.getLogger(Snapshots.class);

  /** To be raised whenever the fold changes: a state folded by other rules is not read again. */
  private static final int REVISION = 2;

  private final JdbcTemplate jdbc;

  Snapshots(EventDatabase database) {
    this.jdbc = database.jdbc();
  }

  Optional<InstanceState> find(String instanceId) {
    return RecordedEvents.asking(
            () ->
                jdbc.queryForList(
                    "select data from snapshot where instance_id = ? and revision = ?",
                    byte[].class,
                    instanceId,
                    REVISION))
        .stream()
        .findFirst()
        .flatMap(data -> read(instanceId, data));
  }

  private static Optional<InstanceState> read(String instanceId, byte[] data) {
    try {
      return Optional.of(Json.read(data, InstanceState.class));
    } catch (UnreadableMessageException e) {
      log.warn(
          "snapshot_unreadable instance_id={} cause=\"{}\": folded from its events instead",
          instanceId,
          e.getMessage());
      return Optional.empty();
    }
  }

  /** Keeps the state, unless a newer one is kept already. */
  void keep(InstanceState state) {
    jdbc.update(
        """
        insert into snapshot as known (instance_id, sequence, revision, data) values (?, ?, ?, ?)
        on conflict (instance_id) do update
          set sequence = excluded.sequence, revision = excluded.revision, data = excluded.data
          where known.sequence < excluded.sequence or known.revision < excluded.revision
        """,
        state.instanceId(),
        state.version(),
        REVISION,
        Json.write(state));
  }
}
