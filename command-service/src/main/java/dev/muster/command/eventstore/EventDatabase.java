package dev.muster.command.eventstore;

import static java.util.Objects.requireNonNullElse;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;

/** Connections to the event store: a small pool, and sessions for those who must keep theirs. */
public final class EventDatabase implements AutoCloseable {

  private static final int POOL_SIZE = 8;
  private static final String SCHEMA = "classpath:dev/muster/command/eventstore/schema";

  private final PostgreSqlSettings settings;
  private final HikariDataSource pool;
  private final HikariDataSource writerPool;
  private final JdbcTemplate jdbc;
  private final JdbcTemplate writerJdbc;

  private EventDatabase(PostgreSqlSettings settings) {
    this.settings = settings;
    this.pool =
        new HikariDataSource(
            config(settings, "muster-command", requireNonNullElse(settings.poolSize(), POOL_SIZE)));
    this.writerPool = new HikariDataSource(config(settings, "muster-event-writer", 1));
    this.jdbc = new JdbcTemplate(pool);
    this.writerJdbc = new JdbcTemplate(writerPool);
  }

  /**
   * Waits about a minute for the server, and brings its schema up to date. Any number of replicas
   * may do this at once.
   *
   * @throws org.flywaydb.core.api.FlywayException when the server stays away, or refuses
   */
  public static EventDatabase open(PostgreSqlSettings settings) {
    var database = new EventDatabase(settings);
    try {
      Flyway.configure()
          .dataSource(database.pool)
          .locations(SCHEMA)
          .connectRetries(20)
          .connectRetriesInterval(2)
          .load()
          .migrate();
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  JdbcTemplate jdbc() {
    return jdbc;
  }

  /** One connection for the one writer, so that no crowd of readers can keep it waiting. */
  JdbcTemplate writerJdbc() {
    return writerJdbc;
  }

  DataSource pool() {
    return pool;
  }

  /** A connection outside the pool, which the caller keeps for as long as it likes and closes. */
  public Connection session(String applicationName) throws SQLException {
    var properties = driverProperties(applicationName);
    if (settings.username() != null) {
      properties.setProperty("user", settings.username());
    }
    if (settings.password() != null) {
      properties.setProperty("password", settings.password());
    }
    return DriverManager.getConnection(settings.url(), properties);
  }

  @Override
  public void close() {
    writerPool.close();
    pool.close();
  }

  private static HikariConfig config(PostgreSqlSettings settings, String name, int size) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.username());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(3_000);
    config.setValidationTimeout(1_000);
    // The server may come later than this service; the schema's migration waits for it.
    config.setInitializationFailTimeout(-1);
    config.setDataSourceProperties(driverProperties(name));
    return config;
  }

  private static Properties driverProperties(String applicationName) {
    var properties = new Properties();
    properties.setProperty("ApplicationName", applicationName);
    properties.setProperty("connectTimeout", "3");
    properties.setProperty("socketTimeout", "20");
    properties.setProperty("tcpKeepAlive", "true");
    return properties;
  }
}
