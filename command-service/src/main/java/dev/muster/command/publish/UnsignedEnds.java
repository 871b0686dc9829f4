package dev.muster.command.publish;

import dev.muster.events.kafka.UnsignedRecords;
import dev.muster.events.kafka.UnsignedRecords.End;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps where unsigned records end, for good: the broker may be changed by others, this may not.
 */
public final class UnsignedEnds {

  /** A row that says that the others are all. */
  private static final End SETTLED = new End("", "", 0, 0);

  private UnsignedEnds() {}

  /** Empty until it is settled. */
  public static Optional<UnsignedRecords> read(Connection connection) throws SQLException {
    try (var query =
            connection.prepareStatement(
                "select topic, topic_id, partition, ends_at from unsigned_records");
        var rows = query.executeQuery()) {
      var ends = new ArrayList<End>();
      while (rows.next()) {
        ends.add(new End(rows.getString(1), rows.getString(2), rows.getInt(3), rows.getLong(4)));
      }
      return ends.remove(SETTLED) ? Optional.of(new UnsignedRecords(ends)) : Optional.empty();
    }
  }

  /** Settles it, all or nothing. */
  static void write(Connection connection, UnsignedRecords records) throws SQLException {
    var all = new ArrayList<>(records.ends());
    all.add(SETTLED);
    try (var insert =
        connection.prepareStatement(
            """
            insert into unsigned_records (topic, topic_id, partition, ends_at)
            select * from unnest(?, ?, ?, ?)
            """)) {
      insert.setArray(1, texts(connection, all.stream().map(End::topic).toList()));
      insert.setArray(2, texts(connection, all.stream().map(End::topicId).toList()));
      insert.setArray(
          3, connection.createArrayOf("integer", all.stream().map(End::partition).toArray()));
      insert.setArray(4, connection.createArrayOf("bigint", all.stream().map(End::end).toArray()));
      insert.executeUpdate();
    }
  }

  private static Array texts(Connection connection, List<String> values) throws SQLException {
    return connection.createArrayOf("text", values.toArray());
  }
}
