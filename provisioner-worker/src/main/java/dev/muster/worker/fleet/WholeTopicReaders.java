package dev.muster.worker.fleet;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Reads whole topics outside any group. */
final class WholeTopicReaders {

  private WholeTopicReaders() {}

  /** Gives the reader every partition of the topic. */
  static List<TopicPartition> assign(Consumer<String, byte[]> reader, String topic) {
    var partitions =
        reader.partitionsFor(topic).stream()
            .map(found -> new TopicPartition(topic, found.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException("no topic " + topic);
    }
    reader.assign(partitions);
    return partitions;
  }
}
