package dev.muster.command.topic;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.kafka.producer.ReopenedProducer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Writes many records for one who writes them again when it fails: at least once, and never out of
 * their order.
 */
public final class OrderedWriter implements AutoCloseable {

  private final TopicMaker topics;
  private final ReopenedProducer producer;

  public OrderedWriter(KafkaClients kafka, TopicMaker topics, String clientId) {
    this.topics = topics;
    this.producer = new ReopenedProducer(kafka, clientId);
  }

  /**
   * Returns when the broker has acknowledged all of them.
   *
   * @throws IllegalStateException when the topics are not there yet
   * @throws ExecutionException when the broker does not take them
   */
  public void write(List<ProducerRecord<String, byte[]>> records)
      throws ExecutionException, InterruptedException {
    if (!topics.awaitTopics()) {
      throw new IllegalStateException("the topics are not there yet");
    }
    var open = producer.get();
    try {
      send(open, records);
    } catch (ExecutionException | KafkaException e) {
      // What this producer still holds must not come after what the next one sends again.
      producer.drop(open);
      throw e;
    }
  }

  /** Returns when there are topics to write to, however long that takes. */
  public void awaitTopics() throws InterruptedException {
    var there = false;
    while (!there) {
      there = topics.awaitTopics();
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  private static void send(
      Producer<String, byte[]> producer, List<ProducerRecord<String, byte[]>> records)
      throws ExecutionException, InterruptedException {
    var sent = new ArrayList<Future<RecordMetadata>>(records.size());
    for (var record : records) {
      sent.add(
          producer.send(
              record,
              (_, failure) -> {
                if (failure != null) {
                  producer.close(Duration.ZERO);
                }
              }));
    }
    for (var one : sent) {
      one.get();
    }
  }
}
