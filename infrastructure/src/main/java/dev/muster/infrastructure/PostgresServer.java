package dev.muster.infrastructure;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/** A running PostgreSQL, and how to get into it. */
public interface PostgresServer extends AutoCloseable {

  /** The database that is always there. */
  String jdbcUrl();

  String username();

  String password();

  /** The JDBC URL of a fresh, empty database; same user and password. */
  default String newDatabase() {
    var name = "db_" + UUID.randomUUID().toString().replace("-", "");
    try (var connection = DriverManager.getConnection(jdbcUrl(), username(), password());
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create database " + name, e);
    }
    return jdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1");
  }

  /** Stops it, waiting for no client. */
  @Override
  void close();
}
