package dev.muster.infrastructure;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.mongodb.MongoDBContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The same servers in containers. Needs Docker, the images, and Testcontainers on the classpath.
 */
record ContainerTestServers(
    KafkaContainer broker, PostgreSQLContainer database, MongoDBContainer mongo)
    implements TestServers {

  static TestServers start() {
    var broker =
        new KafkaContainer("apache/kafka:4.4.0")
            .withEnv("KAFKA_GROUP_CONSUMER_MIN_HEARTBEAT_INTERVAL_MS", "500")
            .withEnv("KAFKA_GROUP_CONSUMER_HEARTBEAT_INTERVAL_MS", "1000")
            .withEnv("KAFKA_GROUP_CONSUMER_MIN_SESSION_TIMEOUT_MS", "3000")
            .withEnv("KAFKA_GROUP_CONSUMER_SESSION_TIMEOUT_MS", "6000");
    var database =
        new PostgreSQLContainer("postgres:18")
            .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300");
    var mongo = new MongoDBContainer("mongo:8");
    // Testcontainers' own helper removes them when the JVM is gone.
    Startables.deepStart(broker, database, mongo).join();
    return new ContainerTestServers(broker, database, mongo);
  }

  @Override
  public String kafka() {
    return broker.getBootstrapServers();
  }

  @Override
  public PostgresServer postgres() {
    return new Database(database);
  }

  @Override
  public String mongoUri(String name) {
    return mongo.getConnectionString() + "/" + name;
  }

  private record Database(PostgreSQLContainer container) implements PostgresServer {

    @Override
    public String jdbcUrl() {
      return container.getJdbcUrl();
    }

    @Override
    public String username() {
      return container.getUsername();
    }

    @Override
    public String password() {
      return container.getPassword();
    }

    @Override
    public void close() {
      container.stop();
    }
  }
}
