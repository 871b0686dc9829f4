package platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import load.Percentile;

/**
 * What a durable row costs in the PostgreSQL of a platform: prepared one-row inserts of the size of
 * an event, each committed by itself, into a database of its own.
 */
public final class Floor implements AutoCloseable {

  static final String USER = "muster";
  private static final byte[] ROW = new byte[600];

  private final List<Connection> connections = new ArrayList<>();

  private Floor() {}

  public static Floor in(int port, String password) throws SQLException {
    var url = "jdbc:postgresql://127.0.0.1:" + port + "/";
    try (var connection = DriverManager.getConnection(url + "postgres", USER, password);
        var statement = connection.createStatement()) {
      if (!statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = 'floor'").next()) {
        statement.execute("CREATE DATABASE floor");
      }
    }
    var floor = new Floor();
    for (int i = 0; i < 16; i++) {
      floor.connections.add(DriverManager.getConnection(url + "floor", USER, password));
    }
    try (var statement = floor.connections.getFirst().createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS event (number bigserial PRIMARY KEY, payload bytea NOT"
              + " NULL)");
    }
    return floor;
  }

  /** Rows a second with 16 connections. */
  public double perSecond(double seconds) throws Exception {
    return insert(16, seconds).count() / seconds;
  }

  /** Milliseconds of one row with nothing else under way, in the median. */
  public double millis(double seconds) throws Exception {
    return Percentile.of(insert(1, seconds).sorted().toArray(), 0.5) / 1e6;
  }

  private LongStream insert(int count, double seconds) throws Exception {
    long until = System.nanoTime() + (long) (seconds * 1e9);
    var taken = new ArrayList<Future<LongStream>>();
    try (var threads = Executors.newFixedThreadPool(count)) {
      for (var connection : connections.subList(0, count)) {
        taken.add(threads.submit((Callable<LongStream>) () -> insert(connection, until)));
      }
    }
    var all = LongStream.empty();
    for (var one : taken) {
      all = LongStream.concat(all, one.get());
    }
    return all;
  }

  private static LongStream insert(Connection connection, long until) throws SQLException {
    var nanos = LongStream.builder();
    try (var row = connection.prepareStatement("INSERT INTO event (payload) VALUES (?)")) {
      for (long now = System.nanoTime(); now < until; ) {
        row.setBytes(1, ROW);
        row.executeUpdate();
        long then = System.nanoTime();
        nanos.add(then - now);
        now = then;
      }
    }
    return nanos.build();
  }

  @Override
  public void close() throws SQLException {
    for (var connection : connections) {
      connection.close();
    }
  }
}
