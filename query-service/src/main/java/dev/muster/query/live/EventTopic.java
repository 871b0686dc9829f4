package dev.muster.query.live;

import dev.muster.events.kafka.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The partitions of the events' topic, as a reader outside any group deals with them. */
final class EventTopic {

  /** What a reader keeps in memory; there are several of them. */
  static final int FETCH_BYTES = 4 << 20;

  /** For questions to the broker: heartbeats must not wait much longer. */
  static final Duration WITHIN = Duration.ofSeconds(5);

  private EventTopic() {}

  /**
   * @throws KafkaException when it is not there, or the broker does not answer
   */
  static List<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
    var found = consumer.partitionsFor(Topics.INSTANCE_EVENTS, WITHIN);
    if (found.isEmpty()) {
      throw new KafkaException("topic %s is not there yet".formatted(Topics.INSTANCE_EVENTS));
    }
    return found.stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
  }

  static TopicPartition of(ConsumerRecord<String, byte[]> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  /** Leaves those alone, and reads the others on. */
  static void readAllBut(Set<TopicPartition> ahead, Consumer<String, byte[]> consumer) {
    consumer.pause(ahead);
    var others = new HashSet<>(consumer.paused());
    others.removeAll(ahead);
    consumer.resume(others);
  }
}
