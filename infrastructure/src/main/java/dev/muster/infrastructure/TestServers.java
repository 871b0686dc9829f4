package dev.muster.infrastructure;

/**
 * One PostgreSQL, one Kafka and one Mongo server for all tests of a JVM: started when first asked
 * for, each at its own pace, and stopped when the JVM ends. {@code -Dmuster.test.servers} says
 * which: {@code embedded} (the default) or {@code containers}.
 */
public interface TestServers {

  String SWITCH = "muster.test.servers";

  static TestServers shared() {
    return SharedServers.INSTANCE;
  }

  /** Bootstrap servers of a broker that other tests use too. */
  String kafka();

  PostgresServer postgres();

  /** A connection string that names the database. */
  String mongoUri(String database);

  /** The one that {@link #shared} gives. */
  final class SharedServers {

    private static final TestServers INSTANCE = start(System.getProperty(SWITCH, "embedded"));

    private SharedServers() {}

    private static TestServers start(String kind) {
      return switch (kind) {
        case "embedded" -> EmbeddedTestServers.start();
        case "containers" -> ContainerTestServers.start();
        default ->
            throw new IllegalArgumentException(
                "%s is '%s'; it takes embedded or containers".formatted(SWITCH, kind));
      };
    }
  }
}
