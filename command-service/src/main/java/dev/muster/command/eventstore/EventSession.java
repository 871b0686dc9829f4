package dev.muster.command.eventstore;

import dev.muster.events.envelope.RecordedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader's own connection to the event store. While it holds the lock of a name no other
 * session anywhere does. It hears of new events once it waits for some: what nobody takes from the
 * driver would be kept there for ever.
 *
 * <p>The lock is a lease: the server ends a session that says nothing for some seconds, and with it
 * the transaction and the lock. So a reader that lost its network can commit nothing after another
 * one took over.
 */
public final class EventSession implements AutoCloseable {

  static final String CHANNEL = "muster_event";

  /** How long the server waits for a word of a session: longer than a short loss of packets. */
  public static final Duration LEASE = Duration.ofSeconds(7);

  private static final Logger log = LoggerFactory.getLogger(EventSession.class);

  private final Connection connection;
  private final Thread renewal;
  private boolean listens;

  private EventSession(Connection connection, Duration lease) {
    this.connection = connection;
    this.renewal = Thread.ofVirtual().name("lease-renewal").unstarted(() -> renew(lease));
  }

  public static EventSession open(EventDatabase database, String name) throws SQLException {
    return open(database, name, LEASE);
  }

  /**
   * @param lease how long the server waits for a word of this session before it ends it
   */
  public static EventSession open(EventDatabase database, String name, Duration lease)
      throws SQLException {
    var session = new EventSession(database.session("muster-" + name), lease);
    try {
      session.execute(
          "set idle_session_timeout = %1$d; set idle_in_transaction_session_timeout = %1$d"
              .formatted(lease.toMillis()));
      session.renewal.start();
      return session;
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  public Connection connection() {
    return connection;
  }

  /** Takes the lock of that name, or says at once that another session has it. */
  public boolean tryLock(String name) throws SQLException {
    try (var query =
        connection.prepareStatement("select pg_try_advisory_lock(hashtextextended(?, 0))")) {
      query.setString(1, "muster/" + name);
      try (var row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /**
   * Waits until an append is heard of, but no longer than that. The first time it begins to listen
   * and returns at once: what was appended before that is there to be read.
   */
  public void awaitAppend(Duration atMost) throws SQLException {
    if (!listens) {
      execute("listen " + CHANNEL);
      listens = true;
      return;
    }
    connection.unwrap(PGConnection.class).getNotifications(Math.toIntExact(atMost.toMillis()));
  }

  /** Where that reader has come to: the position it reads next. */
  public long nextPosition(String reader) throws SQLException {
    try (var query =
        connection.prepareStatement("select next from reader_position where name = ?")) {
      query.setString(1, reader);
      try (var row = query.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /**
   * Says where that reader has come to.
   *
   * @throws IllegalStateException when the position is not where this session left it: two read
   */
  public void advance(String reader, long from, long to) throws SQLException {
    try (var update =
        connection.prepareStatement(
            """
            insert into reader_position as known (name, next) values (?, ?)
            on conflict (name) do update set next = excluded.next where known.next = ?
            """)) {
      update.setString(1, reader);
      update.setLong(2, to);
      update.setLong(3, from);
      if (update.executeUpdate() != 1) {
        throw new IllegalStateException(
            "reader %s is no longer at %d: another one reads for it".formatted(reader, from));
      }
    }
  }

  /** At most {@code limit} events in the global order, from that position on. */
  public List<RecordedEvent> read(long from, int limit) throws SQLException {
    // Of what is read now. A reader that never comes to its end never waits, and would keep them.
    connection.unwrap(PGConnection.class).getNotifications();
    try (var query =
        connection.prepareStatement(
            EventRows.SELECT + " where position >= ? order by position limit ?")) {
      query.setLong(1, from);
      query.setInt(2, limit);
      try (var rows = query.executeQuery()) {
        return EventRows.all(rows);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    renewal.interrupt();
    connection.close();
  }

  // A reader may be silent for long, while it waits for Kafka; the server is to know that it lives.
  private void renew(Duration lease) {
    try {
      while (!connection.isClosed()) {
        Thread.sleep(lease.dividedBy(3));
        execute("select 1");
      }
    } catch (InterruptedException e) {
      log.trace("the session is closed", e);
    } catch (SQLException e) {
      log.debug("lease not renewed; the reader finds the session broken, too", e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
