package dev.muster.command.eventstore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a reader of the global order is behind; the same whichever replica asks. */
public final class ReaderLag {

  /**
   * @param events that are stored and that the reader has not taken
   * @param oldest when the first of them was recorded, or null when there is none
   */
  public record Lag(long events, @Nullable Instant oldest) {}

  private final EventDatabase database;

  ReaderLag(EventDatabase database) {
    this.database = database;
  }

  /**
   * @throws EventStoreUnavailableException when the store cannot be asked
   */
  public Lag of(String reader) {
    List<Lag> found =
        RecordedEvents.asking(
            () ->
                database
                    .jdbc()
                    .query(
                        """
                        select stored.next - reached.next, event.at
                        from event_counter stored
                        cross join lateral (
                          select coalesce(max(next), 0) as next from reader_position where name = ?
                        ) reached
                        left join event on event.position = reached.next
                        """,
                        (row, _) -> lag(row),
                        reader));
    return found.getFirst();
  }

  private static Lag lag(ResultSet row) throws SQLException {
    var oldest = row.getObject(2, OffsetDateTime.class);
    return new Lag(row.getLong(1), oldest == null ? null : oldest.toInstant());
  }
}
