package dev.muster.events.kafka;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;

/**
 * Where the broker is, and how topics are made when they are missing. Bound from {@code
 * muster.kafka.*}.
 *
 * @param bootstrapServers {@code host:port[,host:port…]}
 * @param partitions of each topic that is keyed by instance
 * @param replication copies of each partition
 * @param fetchWait how often a member of a group asks while nothing is written; a partition that
 *     comes to it from another member waits as long
 * @param username who the platform is at the broker; empty when that asks for no login
 * @param saslMechanism by what it says so
 */
public record KafkaSettings(
    String bootstrapServers,
    int partitions,
    short replication,
    Duration fetchWait,
    String username,
    String password,
    String saslMechanism) {

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  public KafkaSettings {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("muster.kafka.bootstrap-servers is empty");
    }
    for (var server : bootstrapServers.split(",", -1)) {
      if (Utils.getHost(server.strip()) == null || Utils.getPort(server.strip()) == null) {
        throw new IllegalArgumentException(
            "muster.kafka.bootstrap-servers is '%s'; it takes host:port[,host:port…]"
                .formatted(bootstrapServers));
      }
    }
    if (partitions < 1 || partitions > 10_000) {
      throw new IllegalArgumentException(
          "muster.kafka.partitions is %d; it takes 1..10000".formatted(partitions));
    }
    if (replication < 1 || replication > 10) {
      throw new IllegalArgumentException(
          "muster.kafka.replication is %d; it takes 1..10".formatted(replication));
    }
    login(username, password, saslMechanism);
    if (fetchWait.compareTo(SHORTEST) < 0 || fetchWait.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "muster.kafka.fetch-wait is %s; it takes 100ms..30s".formatted(fetchWait));
    }
  }

  /** For one broker, with the defaults of services. */
  public static KafkaSettings of(String bootstrapServers, int partitions) {
    return of(bootstrapServers, partitions, "", "");
  }

  /** For one broker that knows that user by SCRAM-SHA-256. */
  public static KafkaSettings of(
      String bootstrapServers, int partitions, String username, String password) {
    return new KafkaSettings(
        bootstrapServers,
        partitions,
        (short) 1,
        Duration.ofSeconds(3),
        username,
        password,
        "SCRAM-SHA-256");
  }

  Optional<KafkaLogin> login() {
    return login(username, password, saslMechanism);
  }

  private static Optional<KafkaLogin> login(String username, String password, String mechanism) {
    return username.isEmpty() && password.isEmpty()
        ? Optional.empty()
        : Optional.of(new KafkaLogin(username, password, mechanism));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "%s, %d partitions".formatted(bootstrapServers, partitions);
  }
}
