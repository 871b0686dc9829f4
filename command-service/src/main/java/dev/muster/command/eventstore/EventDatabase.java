package dev.muster.command.eventstore;

import static java.util.Objects.requireNonNullElse;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.muster.command.start.CannotStartException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

/** Connections to the event store: a small pool, and sessions for those who must keep theirs. */
public final class EventDatabase implements SmartLifecycle, AutoCloseable {

  private static final int POOL_SIZE = 8;

  /** Makes the server end a connection whose client vanished, and with it all that it locks. */
  private static final String NOTICE_VANISHED_CLIENT =
      """
      set tcp_keepalives_idle = 3; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 4;
      set tcp_user_timeout = 7000
      """;

  private final PostgreSqlSettings settings;
  private final HikariDataSource pool;
  private final HikariDataSource writerPool;
  private final JdbcTemplate jdbc;
  private final JdbcTemplate writerJdbc;
  private final EventStoreGate gate = new EventStoreGate();
  private volatile boolean running;

  EventDatabase(PostgreSqlSettings settings) {
    this.settings = settings;
    this.pool =
        new HikariDataSource(
            config(settings, "muster-command", requireNonNullElse(settings.poolSize(), POOL_SIZE)));
    this.writerPool = new HikariDataSource(config(settings, "muster-event-writer", 1));
    this.jdbc = new JdbcTemplate(pool);
    this.writerJdbc = new JdbcTemplate(writerPool);
  }

  /**
   * An event store that is ready to use.
   *
   * @throws CannotStartException when the server stays away or refuses, or its schema is newer
   */
  public static EventDatabase open(PostgreSqlSettings settings) {
    var database = new EventDatabase(settings);
    try {
      database.start();
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Waits for the server, and brings its schema up to date. Any number of replicas may do this at
   * once.
   *
   * @throws CannotStartException when the server stays away or refuses, or its schema is newer
   */
  @Override
  public void start() {
    new ServerWait(settings).await(() -> connect("muster-start"));
    Schema.migrate(pool);
    running = true;
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before everybody who asks it, and after the port where operators see what is waited for. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE + 1;
  }

  /** Who may append, and who may follow. */
  public EventStoreGate gate() {
    return gate;
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
    var connection = connect(applicationName);
    try (var statement = connection.createStatement()) {
      statement.execute(NOTICE_VANISHED_CLIENT);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private Connection connect(String applicationName) throws SQLException {
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
    config.setConnectionInitSql(NOTICE_VANISHED_CLIENT);
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
