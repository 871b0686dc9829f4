package dev.muster.kafka.topic;

import dev.muster.events.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Whole topics, read once. */
public final class TopicContents {

  private static final Duration POLL = Duration.ofMillis(200);

  private TopicContents() {}

  /**
   * Passes on everything that is in the topic now, and returns.
   *
   * @throws org.apache.kafka.common.KafkaException when the topic is not there, or the broker does
   *     not answer
   */
  public static void read(
      KafkaClients kafka,
      String clientId,
      String topic,
      Consumer<ConsumerRecord<String, byte[]>> listener) {
    try (var reader = kafka.reader(clientId)) {
      var partitions = assign(reader, topic);
      reader.seekToBeginning(partitions);
      var ends = reader.endOffsets(partitions);
      while (!isPast(reader, ends)) {
        reader.poll(POLL).forEach(listener);
      }
    }
  }

  /**
   * Gives the reader every partition of the topics.
   *
   * @throws UnknownTopicOrPartitionException when one of them is not there
   */
  public static List<TopicPartition> assign(
      org.apache.kafka.clients.consumer.Consumer<String, byte[]> reader, String... topics) {
    var partitions =
        Stream.of(topics).flatMap(topic -> partitions(reader, topic).stream()).toList();
    reader.assign(partitions);
    return partitions;
  }

  private static List<TopicPartition> partitions(
      org.apache.kafka.clients.consumer.Consumer<String, byte[]> reader, String topic) {
    var partitions =
        reader.partitionsFor(topic).stream()
            .map(found -> new TopicPartition(topic, found.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException("no topic " + topic);
    }
    return partitions;
  }

  /** Whether the reader has come to those ends. */
  public static boolean isPast(
      org.apache.kafka.clients.consumer.Consumer<String, byte[]> reader,
      Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> reader.position(end.getKey()) >= end.getValue());
  }
}
