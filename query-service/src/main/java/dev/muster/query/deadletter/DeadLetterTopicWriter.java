package dev.muster.query.deadletter;

import dev.muster.events.codec.DeadLetterRecords;
import dev.muster.events.deadletter.DeadLetter;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.producer.ReopenedProducer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.springframework.stereotype.Component;

/** Writes dead letters and takes them back. Used by one thread. */
@Component
public final class DeadLetterTopicWriter implements AutoCloseable {

  private static final Duration WITHIN = Duration.ofSeconds(60);

  private final ReopenedProducer producer;

  DeadLetterTopicWriter(KafkaClients kafka) {
    this.producer = new ReopenedProducer(kafka, "query-letters", Duration.ofSeconds(5));
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
    try {
      var unused = producer.write(records, WITHIN);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the broker did not take a dead letter", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
