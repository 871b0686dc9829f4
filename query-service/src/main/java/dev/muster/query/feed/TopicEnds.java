package dev.muster.query.feed;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** One topic's partitions, by number, and where each ends right now. */
final class TopicEnds {

  private static final Duration WITHIN = Duration.ofSeconds(10);

  private final String topic;
  private final Consumer<?, ?> consumer;

  TopicEnds(String topic, Consumer<?, ?> consumer) {
    this.topic = topic;
    this.consumer = consumer;
  }

  /**
   * Of every partition, the offset after its last record.
   *
   * @throws org.apache.kafka.common.errors.TimeoutException when the broker does not say
   */
  Map<Integer, Long> all() {
    return of(
        consumer.partitionsFor(topic, WITHIN).stream().map(PartitionInfo::partition).toList());
  }

  /** Like {@link #all}, of these partitions. */
  Map<Integer, Long> of(Collection<Integer> partitions) {
    return consumer.endOffsets(named(partitions), WITHIN).entrySet().stream()
        .collect(Collectors.toMap(end -> end.getKey().partition(), Map.Entry::getValue));
  }

  List<TopicPartition> named(Collection<Integer> partitions) {
    return partitions.stream().map(partition -> new TopicPartition(topic, partition)).toList();
  }
}
