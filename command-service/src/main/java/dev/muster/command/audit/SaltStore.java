package dev.muster.command.audit;

import dev.muster.command.eventstore.EventDatabase;
import dev.muster.events.audit.Salts;
import dev.muster.events.audit.SealedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The salts of entries. They are committed before an entry is shown to anybody, so that one which
 * is made again is the same; hence a connection of their own. Most are given ahead, with the commit
 * that seals the entries before them.
 */
final class SaltStore implements AutoCloseable {

  static final int AHEAD = 512;

  private final EventDatabase database;

  /** The first position that may have no salts; only a guess, since a transaction may fail. */
  private long given;

  private @Nullable Connection connection;

  SaltStore(EventDatabase database) {
    this.database = database;
  }

  /** Those of so many events from that position on, given to them now if they have none. */
  List<Salts> of(long first, int count) throws SQLException {
    try {
      var known = read(open(), first, count);
      if (known.size() == count) {
        return known;
      }
      give(open(), first, count);
      given = first + count;
      return read(open(), first, count);
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  /**
   * Gives salts to the events from that position on in that transaction, unless enough have some.
   */
  void giveAhead(Connection transaction, long next) throws SQLException {
    if (given - next < AHEAD / 2) {
      give(transaction, next, AHEAD);
      given = next + AHEAD;
    }
  }

  /** Gives these events the salts that they had before, in place of any others. */
  static void restore(Connection connection, List<SealedEvent> sealed) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            """
            insert into audit_salt (position, salts)
            select * from unnest(?::bigint[], ?::bytea[])
            on conflict (position) do update set salts = excluded.salts
            """)) {
      var positions = sealed.stream().map(one -> one.event().position()).toArray();
      var salts = sealed.stream().map(one -> one.salts().bytes()).toArray(byte[][]::new);
      insert.setArray(1, connection.createArrayOf("int8", positions));
      insert.setArray(2, connection.createArrayOf("bytea", salts));
      insert.executeUpdate();
    }
  }

  @Override
  public void close() throws SQLException {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  private static void give(Connection connection, long first, int count) throws SQLException {
    var positions = LongStream.range(first, first + count).boxed().toArray();
    var salts = new byte[count][];
    for (int i = 0; i < count; i++) {
      salts[i] = Salts.random().bytes();
    }
    try (var insert =
        connection.prepareStatement(
            """
            insert into audit_salt (position, salts)
            select * from unnest(?::bigint[], ?::bytea[]) on conflict do nothing
            """)) {
      insert.setArray(1, connection.createArrayOf("int8", positions));
      insert.setArray(2, connection.createArrayOf("bytea", salts));
      insert.executeUpdate();
    }
  }

  private static List<Salts> read(Connection connection, long first, int count)
      throws SQLException {
    var found = new ArrayList<Salts>();
    try (var query =
        connection.prepareStatement(
            "select salts from audit_salt where position >= ? and position < ? order by"
                + " position")) {
      query.setLong(1, first);
      query.setLong(2, first + count);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(new Salts(rows.getBytes(1)));
        }
      }
    }
    return found;
  }

  private Connection open() throws SQLException {
    var open = connection;
    if (open == null) {
      open = database.session("muster-audit-salts");
      connection = open;
    }
    return open;
  }
}
