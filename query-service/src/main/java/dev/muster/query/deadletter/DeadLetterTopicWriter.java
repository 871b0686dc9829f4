package dev.muster.query.deadletter;

import dev.muster.events.codec.DeadLetterRecords;
import dev.muster.events.deadletter.DeadLetter;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes dead letters and takes them back. Used by one thread. */
@Component
public final class DeadLetterTopicWriter implements AutoCloseable {

  private static final long WITHIN_SECONDS = 60;

  private final KafkaClients kafka;
  private @Nullable Producer<String, byte[]> producer;

  DeadLetterTopicWriter(KafkaClients kafka) {
    this.kafka = kafka;
  }

  /**
   * Returns when the broker has them.
   *
   * @throws KafkaException when it does not take them; some may be there, and can be written again
   */
  public void write(Collection<DeadLetter> letters) {
    send(letters.stream().map(DeadLetterTruncator::of).map(DeadLetterRecords::write).toList());
  }

  /**
   * The letters with these ids are settled. Returns when the broker knows.
   *
   * @throws KafkaException like {@link #write}
   */
  public void takeBack(Collection<String> ids) {
    send(ids.stream().map(DeadLetterTopicWriter::tombstone).toList());
  }

  private static ProducerRecord<String, byte[]> tombstone(String id) {
    return new ProducerRecord<>(Topics.DEAD_LETTERS, id, null);
  }

  private void send(List<ProducerRecord<String, byte[]>> records) {
    if (records.isEmpty()) {
      return;
    }
    var sent = new ArrayList<Future<RecordMetadata>>();
    for (var record : records) {
      sent.add(producer().send(record));
    }
    sent.forEach(DeadLetterTopicWriter::await);
  }

  private static void await(Future<RecordMetadata> sent) {
    try {
      sent.get(WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the broker did not take a dead letter", e);
    }
  }

  private Producer<String, byte[]> producer() {
    var open = producer;
    if (open == null) {
      open = kafka.producer("query-letters");
      producer = open;
    }
    return open;
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(5));
    }
  }
}
