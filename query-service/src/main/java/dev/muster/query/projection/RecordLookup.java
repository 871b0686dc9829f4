package dev.muster.query.projection;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/** Reads single events from their topic, which has them as they were written. */
@Component
final class RecordLookup {

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int POLLS = 3;

  private final KafkaClients kafka;

  RecordLookup(KafkaClients kafka) {
    this.kafka = kafka;
  }

  /**
   * The record in that place; empty when the topic has none there.
   *
   * @throws KafkaException when the broker does not answer
   */
  Optional<ConsumerRecord<String, byte[]>> read(int partition, long offset) {
    var place = new TopicPartition(Topics.INSTANCE_EVENTS, partition);
    try (var reader = kafka.reader("query-retries")) {
      reader.assign(List.of(place));
      reader.seek(place, offset);
      return first(reader).filter(record -> record.offset() == offset);
    }
  }

  private static Optional<ConsumerRecord<String, byte[]>> first(Consumer<String, byte[]> reader) {
    for (int i = 0; i < POLLS; i++) {
      for (var record : reader.poll(POLL)) {
        return Optional.of(record);
      }
    }
    throw new KafkaException("the broker does not give the record that is to be tried again");
  }
}
