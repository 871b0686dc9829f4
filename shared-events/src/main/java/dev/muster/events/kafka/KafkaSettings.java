package dev.muster.events.kafka;

import java.time.Duration;
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
 */
public record KafkaSettings(
    String bootstrapServers, int partitions, short replication, Duration fetchWait) {

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
    if (fetchWait.compareTo(SHORTEST) < 0 || fetchWait.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "muster.kafka.fetch-wait is %s; it takes 100ms..30s".formatted(fetchWait));
    }
  }

  /** For one broker, with the defaults of services. */
  public static KafkaSettings of(String bootstrapServers, int partitions) {
    return new KafkaSettings(bootstrapServers, partitions, (short) 1, Duration.ofSeconds(1));
  }
}
