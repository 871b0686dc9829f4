package dev.muster.worker.watch;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Which hosts are this member's to watch: those announced in the partitions it holds. */
final class Leases implements ConsumerRebalanceListener {

  private final Consumer<String, byte[]> consumer;
  private final Map<String, Integer> partitionOf = new HashMap<>();

  Leases(Consumer<String, byte[]> consumer) {
    this.consumer = consumer;
  }

  void learn(ConsumerRecords<String, byte[]> announcements) {
    for (ConsumerRecord<String, byte[]> record : announcements) {
      partitionOf.put(record.key(), record.partition());
    }
  }

  List<String> held() {
    var mine = consumer.assignment().stream().map(TopicPartition::partition).toList();
    return partitionOf.entrySet().stream()
        .filter(entry -> mine.contains(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
    consumer.seekToBeginning(assigned);
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
    for (var partition : revoked) {
      partitionOf.values().removeIf(held -> held == partition.partition());
    }
  }
}
