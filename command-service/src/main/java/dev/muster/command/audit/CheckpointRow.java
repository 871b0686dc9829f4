package dev.muster.command.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The one row that the newest signed checkpoint is kept in. */
final class CheckpointRow {

  /**
   * @param note signed, as it is published
   */
  record Signed(long size, String note) {}

  private CheckpointRow() {}

  static Optional<Signed> read(Connection connection) throws SQLException {
    try (var query = connection.prepareStatement("select size, note from audit_checkpoint");
        var row = query.executeQuery()) {
      return row.next()
          ? Optional.of(new Signed(row.getLong(1), row.getString(2)))
          : Optional.empty();
    }
  }

  /** Keeps it unless there is one of a tree as large: the newest of them all is the one. */
  static boolean keep(Connection connection, Signed signed) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            """
            insert into audit_checkpoint as known (size, note) values (?, ?)
            on conflict (only_row) do update set size = excluded.size, note = excluded.note
            where known.size < excluded.size
            """)) {
      insert.setLong(1, signed.size());
      insert.setString(2, signed.note());
      return insert.executeUpdate() == 1;
    }
  }
}
