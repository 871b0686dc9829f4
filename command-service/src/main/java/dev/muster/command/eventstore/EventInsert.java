package dev.muster.command.eventstore;

import dev.muster.events.envelope.Correlation;
import dev.muster.events.instance.InstanceEvent.Requested;
import dev.muster.events.instance.InstanceEvent.Settled;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Puts events into the store in one statement, and with them the deadlines of the operations that
 * they begin, and away those of the ones that they settle. The statement commits by itself: a
 * client that stops between two can never keep the counter locked.
 */
final class EventInsert {

  /** Of one statement. */
  static final int EVENTS_AT_MOST = 512;

  static final int BYTES_AT_MOST = 4 << 20;

  private static final String SQL =
      """
      with taken as (
        update event_counter set next = next + ? returning next - ? as first
      ), added as (
        insert into event (position, event_id, instance_id, sequence, at, type, revision, data,
                           actor_id, actor_name, request_id, source_ip, causation, traceparent)
        select taken.first + e.place - 1, e.event_id, e.instance_id, e.sequence, e.at, e.type,
               e.revision, e.data, e.actor_id, e.actor_name, e.request_id, e.source_ip,
               e.causation, e.traceparent
        from taken,
             unnest(?::text[], ?::text[], ?::bigint[], ?::text[]::timestamptz[], ?::text[],
                    ?::int[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::text[])
               with ordinality as e (event_id, instance_id, sequence, at, type, revision, data,
                                     actor_id, actor_name, request_id, source_ip, causation,
                                     traceparent, place)
      ), begun as (
        insert into operation_deadline (operation_id, instance_id, deadline)
        select * from unnest(?::text[], ?::text[], ?::text[]::timestamptz[])
        on conflict do nothing
      ), settled as (
        delete from operation_deadline where operation_id = any(?::text[])
      )
      select pg_notify('%s', '') from taken
      """
          .formatted(EventSession.CHANNEL);

  private final JdbcTemplate jdbc;

  EventInsert(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * All of them or none.
   *
   * @throws org.springframework.dao.DuplicateKeyException when a sequence of an instance is taken
   */
  void insert(List<NewEvent> events) {
    jdbc.execute(
        (Connection connection) -> {
          try (var statement = connection.prepareStatement(SQL)) {
            bind(statement, events);
            statement.execute();
            return null;
          }
        });
  }

  private static void bind(PreparedStatement statement, List<NewEvent> events) throws SQLException {
    statement.setInt(1, events.size());
    statement.setInt(2, events.size());
    var columns = new Columns(statement, events, 3);
    columns.add("text", NewEvent::eventId);
    columns.add("text", NewEvent::instanceId);
    columns.add("int8", NewEvent::sequence);
    columns.add("text", event -> event.at().toString());
    columns.add("text", event -> event.encoded().type());
    columns.add("int4", event -> event.encoded().revision());
    columns.addBytes(event -> event.encoded().data());
    columns.addOrigin(origin -> origin.actor().id());
    columns.addOrigin(origin -> origin.actor().name());
    columns.addOrigin(Correlation::requestId);
    columns.addOrigin(Correlation::sourceIp);
    columns.addOrigin(Correlation::causation);
    columns.addOrigin(Correlation::traceparent);
    var begun = those(Requested.class, events);
    columns.bind("text", begun.stream().map(Requested::operationId).toArray());
    columns.bind("text", begun.stream().map(Requested::instanceId).toArray());
    columns.bind("text", begun.stream().map(event -> event.deadline().toString()).toArray());
    columns.bind("text", those(Settled.class, events).stream().map(Settled::operationId).toArray());
  }

  private static <E> List<E> those(Class<E> type, List<NewEvent> events) {
    return events.stream().map(NewEvent::event).filter(type::isInstance).map(type::cast).toList();
  }

  /** One array for each column, bound one after the other. */
  private static final class Columns {

    private final PreparedStatement statement;
    private final List<NewEvent> events;
    private int next;

    Columns(PreparedStatement statement, List<NewEvent> events, int first) {
      this.statement = statement;
      this.events = events;
      this.next = first;
    }

    void add(String type, Function<NewEvent, @Nullable Object> column) throws SQLException {
      bind(type, events.stream().map(column).toArray());
    }

    void addOrigin(Function<Correlation, @Nullable String> column) throws SQLException {
      add("text", event -> column.apply(event.correlation()));
    }

    void addBytes(Function<NewEvent, byte[]> column) throws SQLException {
      bind("bytea", events.stream().map(column).toArray(byte[][]::new));
    }

    private void bind(String type, @Nullable Object[] values) throws SQLException {
      statement.setArray(next++, statement.getConnection().createArrayOf(type, values));
    }
  }
}
