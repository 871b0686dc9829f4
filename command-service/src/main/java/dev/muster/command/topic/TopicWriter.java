package dev.muster.command.topic;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.kafka.producer.ReopenedProducer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.springframework.stereotype.Component;

/**
 * Writes single records that somebody waits for. Instances' events have a publisher of their own.
 */
@Component
public final class TopicWriter implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ReopenedProducer producer;

  TopicWriter(KafkaClients kafka) {
    this.producer = new ReopenedProducer(kafka, "command-writer");
  }

  /**
   * Returns when the broker has acknowledged the record.
   *
   * @throws BrokerUnavailableException when it does not within ten seconds
   * @throws TooLargeException when it never will
   */
  public RecordMetadata write(ProducerRecord<String, byte[]> record) {
    try {
      // Whoever asked is told that it failed; it must not happen after that.
      return producer.writeOrDrop(List.of(record), PATIENCE).getFirst();
    } catch (RecordTooLargeException e) {
      throw new TooLargeException(e);
    } catch (ExecutionException | TimeoutException | KafkaException | IllegalStateException e) {
      throw new BrokerUnavailableException("the broker does not take records", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerUnavailableException("interrupted while the broker was waited for", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
