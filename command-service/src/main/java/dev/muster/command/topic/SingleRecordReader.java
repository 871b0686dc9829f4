package dev.muster.command.topic;

import dev.muster.events.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/** Looks up single records whose place is known. */
@Component
public final class SingleRecordReader {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final KafkaClients kafka;

  SingleRecordReader(KafkaClients kafka) {
    this.kafka = kafka;
  }

  /**
   * The record at that offset; empty when it was compacted away.
   *
   * @throws BrokerUnavailableException when the broker does not answer within five seconds
   */
  public Optional<ConsumerRecord<String, byte[]>> at(TopicPartition partition, long offset) {
    try (var reader = kafka.reader("command-lookup")) {
      reader.assign(List.of(partition));
      reader.seek(partition, offset);
      return Optional.of(next(reader)).filter(record -> record.offset() == offset);
    } catch (KafkaException e) {
      throw new BrokerUnavailableException("the broker cannot be asked", e);
    }
  }

  private static ConsumerRecord<String, byte[]> next(Consumer<String, byte[]> reader) {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until) {
      for (var record : reader.poll(Duration.ofMillis(200))) {
        return record;
      }
    }
    throw new BrokerUnavailableException("the broker does not answer", null);
  }
}
