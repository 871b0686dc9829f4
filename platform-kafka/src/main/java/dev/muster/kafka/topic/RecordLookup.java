package dev.muster.kafka.topic;

import dev.muster.events.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads single records whose place is known. */
public final class RecordLookup {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration WITHIN = Duration.ofSeconds(5);

  private final KafkaClients kafka;
  private final String clientId;

  public RecordLookup(KafkaClients kafka, String clientId) {
    this.kafka = kafka;
    this.clientId = clientId;
  }

  /**
   * The record in that place; empty when the topic has none there.
   *
   * @throws KafkaException when the broker does not give one within five seconds
   */
  public Optional<ConsumerRecord<String, byte[]>> find(TopicPartition partition, long offset) {
    try (var reader = kafka.reader(clientId)) {
      reader.assign(List.of(partition));
      reader.seek(partition, offset);
      return Optional.of(next(reader)).filter(record -> record.offset() == offset);
    }
  }

  private static ConsumerRecord<String, byte[]> next(Consumer<String, byte[]> reader) {
    var until = System.nanoTime() + WITHIN.toNanos();
    while (System.nanoTime() < until) {
      for (var record : reader.poll(POLL)) {
        return record;
      }
    }
    throw new KafkaException("the broker does not give the record that is looked up");
  }
}
