package dev.muster.command.eventstore;

import dev.muster.events.envelope.Actor;
import dev.muster.events.envelope.Correlation;
import dev.muster.events.envelope.EncodedEvent;
import dev.muster.events.envelope.RecordedEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Rows of the table {@code event}, read. */
final class EventRows {

  static final String SELECT =
      """
      select event_id, instance_id, sequence, position, at, actor_id, actor_name, request_id,
             source_ip, causation, traceparent, type, revision, data
      from event
      """;

  private EventRows() {}

  static List<RecordedEvent> all(ResultSet rows) throws SQLException {
    var events = new ArrayList<RecordedEvent>();
    while (rows.next()) {
      events.add(event(rows));
    }
    return events;
  }

  static RecordedEvent event(ResultSet row) throws SQLException {
    return new RecordedEvent(
        row.getString("event_id"),
        row.getString("instance_id"),
        row.getLong("sequence"),
        row.getLong("position"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        new Correlation(
            new Actor(row.getString("actor_id"), row.getString("actor_name")),
            row.getString("request_id"),
            row.getString("source_ip"),
            row.getString("causation"),
            row.getString("traceparent")),
        new EncodedEvent(row.getString("type"), row.getInt("revision"), row.getBytes("data")));
  }
}
