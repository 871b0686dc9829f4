package dev.muster.kafka.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** Where the records of a key are. */
public final class KeyPartition {

  private KeyPartition() {}

  /**
   * As a producer chooses it.
   *
   * @param partitions how many the topic has
   */
  public static int of(String key, int partitions) {
    return BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), partitions);
  }
}
