package dev.muster.command.topic;

import dev.muster.events.kafka.KafkaClients;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes single records that somebody waits for. Instances' events have a publisher of their own.
 */
@Component
public final class TopicWriter implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaClients kafka;
  private @Nullable Producer<String, byte[]> producer;

  TopicWriter(KafkaClients kafka) {
    this.kafka = kafka;
  }

  /**
   * Returns when the broker has acknowledged the record.
   *
   * @throws BrokerUnavailableException when it does not within ten seconds
   * @throws TooLargeException when it never will
   */
  public RecordMetadata write(ProducerRecord<String, byte[]> record) {
    try {
      return send(open(), record);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new BrokerUnavailableException("the broker does not take records", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerUnavailableException("interrupted while the broker was waited for", e);
    }
  }

  private RecordMetadata send(
      Producer<String, byte[]> producer, ProducerRecord<String, byte[]> record)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return producer.send(record).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RecordTooLargeException tooLarge) {
        throw new TooLargeException(tooLarge); // the others' records fit
      }
      drop(producer);
      throw e;
    } catch (TimeoutException | KafkaException e) {
      // Whoever asked is told that it failed; it must not happen after that.
      drop(producer);
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
  }

  private synchronized Producer<String, byte[]> open() {
    var open = producer;
    if (open == null) {
      open = kafka.producer("command-writer");
      producer = open;
    }
    return open;
  }

  private synchronized void drop(Producer<String, byte[]> failed) {
    failed.close(Duration.ZERO);
    if (producer == failed) {
      producer = null;
    }
  }
}
