package dev.muster.events.kafka;

import org.apache.kafka.common.utils.Utils;

/**
 * Where the broker is, and how topics are made when they are missing. Bound from {@code
 * muster.kafka.*}.
 *
 * @param bootstrapServers {@code host:port[,host:port…]}
 * @param partitions of each topic that is keyed by instance
 * @param replication copies of each partition
 */
public record KafkaSettings(String bootstrapServers, int partitions, short replication) {

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
  }
}
