package dev.muster.command.publish;

import dev.muster.command.topic.TopicMaker;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.kafka.KafkaClients;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Publishes every event to Kafka: at least once, and in order for each instance. */
final class KafkaPublisher implements EventSubscriber, AutoCloseable {

  static final String NAME = "kafka-publisher";

  private final KafkaClients kafka;
  private final TopicMaker topics;
  private @Nullable Producer<String, byte[]> producer;

  KafkaPublisher(KafkaClients kafka, TopicMaker topics) {
    this.kafka = kafka;
    this.topics = topics;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void take(Connection transaction, List<RecordedEvent> events) throws Exception {
    if (!topics.awaitTopics()) {
      throw new IllegalStateException("the topics are not there yet");
    }
    try {
      send(open(), events);
    } catch (ExecutionException | KafkaException e) {
      // What this producer still holds must not come after what the next one sends again.
      close();
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

  private static void send(Producer<String, byte[]> producer, List<RecordedEvent> events)
      throws ExecutionException, InterruptedException {
    var sent = new ArrayList<Future<RecordMetadata>>(events.size());
    for (var event : events) {
      sent.add(
          producer.send(
              EventRecords.write(event),
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

  private synchronized Producer<String, byte[]> open() {
    var open = producer;
    if (open == null) {
      open = kafka.producer("command-publisher");
      producer = open;
    }
    return open;
  }
}
