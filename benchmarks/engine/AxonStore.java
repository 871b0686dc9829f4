package engine;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.muster.infrastructure.EmbeddedPostgres;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/** Axon's own JDBC engine over a pool of connections, in a database beside Muster's. */
final class AxonStore implements AutoCloseable {

  private static final int CONNECTIONS = 16;

  private final HikariDataSource pool;
  private final JdbcEventStorageEngine engine;
  private final String payload;

  /**
   * @param payload what each event holds
   */
  AxonStore(EmbeddedPostgres server, String payload) throws SQLException {
    this.payload = payload;
    try (var connection =
            DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE axon");
    }
    var config = new HikariConfig();
    config.setJdbcUrl(server.jdbcUrl().replaceFirst("[^/]+$", "axon"));
    config.setUsername(server.username());
    config.setPassword(server.password());
    config.setMaximumPoolSize(CONNECTIONS);
    pool = new HikariDataSource(config);
    engine =
        JdbcEventStorageEngine.builder()
            .connectionProvider(pool::getConnection)
            .transactionManager(NoTransactionManager.instance())
            .eventSerializer(Jackson3Serializer.builder().build())
            .snapshotSerializer(Jackson3Serializer.builder().build())
            .build();
    engine.createSchema(PostgresEventTableFactory.INSTANCE);
  }

  void append() {
    engine.appendEvents(
        new GenericDomainEventMessage<>("Instance", UUID.randomUUID().toString(), 0, payload));
  }

  @Override
  public void close() {
    pool.close();
  }
}
