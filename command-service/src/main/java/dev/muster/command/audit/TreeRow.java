package dev.muster.command.audit;

import dev.muster.events.tlog.Frontier;
import java.sql.Connection;
import java.sql.SQLException;

/** The one row that the tree is kept in. */
final class TreeRow {

  private TreeRow() {}

  static Frontier read(Connection connection) throws SQLException {
    try (var query = connection.prepareStatement("select size, subtrees from audit_tree");
        var row = query.executeQuery()) {
      row.next();
      return Frontier.of(row.getLong(1), row.getBytes(2));
    }
  }

  /**
   * Puts the grown tree in the place of the one it grew from.
   *
   * @throws IllegalStateException when that is no longer there: two seal
   */
  static void replace(Connection transaction, Frontier from, Frontier to) throws SQLException {
    try (var update =
        transaction.prepareStatement(
            "update audit_tree set size = ?, subtrees = ? where size = ?")) {
      update.setLong(1, to.size());
      update.setBytes(2, to.bytes());
      update.setLong(3, from.size());
      if (update.executeUpdate() != 1) {
        throw new IllegalStateException(
            "the audit tree is no longer at %d: another one seals".formatted(from.size()));
      }
    }
  }
}
