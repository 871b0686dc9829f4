package dev.muster.query.live;

import dev.muster.events.kafka.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions of all topics that events are on, as a reader outside any group deals with them.
 * Events of API keys are shown to nobody here, but have their places in the order of everything.
 */
final class EventTopic {

  private static final List<String> TOPICS = List.of(Topics.INSTANCE_EVENTS, Topics.ACCESS_EVENTS);

  /** What a reader keeps in memory; there are several of them. */
  static final int FETCH_BYTES = 4 << 20;

  /** For questions to the broker: heartbeats must not wait much longer. */
  static final Duration WITHIN = Duration.ofSeconds(5);

  private EventTopic() {}

  /**
   * @throws KafkaException when one is not there, or the broker does not answer
   */
  static List<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
    return TOPICS.stream().flatMap(topic -> partitions(topic, consumer)).toList();
  }

  private static Stream<TopicPartition> partitions(
      String topic, Consumer<String, byte[]> consumer) {
    var found = consumer.partitionsFor(topic, WITHIN);
    if (found.isEmpty()) {
      throw new KafkaException("topic %s is not there yet".formatted(topic));
    }
    return found.stream().map(info -> new TopicPartition(info.topic(), info.partition()));
  }

  static boolean isOfInstances(ConsumerRecord<String, byte[]> record) {
    return record.topic().equals(Topics.INSTANCE_EVENTS);
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
