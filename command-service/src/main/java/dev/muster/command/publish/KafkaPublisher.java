package dev.muster.command.publish;

import dev.muster.command.eventstore.EventSession;
import dev.muster.command.topic.OrderedWriter;
import dev.muster.command.topic.TopicMaker;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.kafka.KafkaClients;
import java.sql.Connection;
import java.util.List;

/** Publishes every event to Kafka: at least once, and in order for each instance. */
final class KafkaPublisher implements EventSubscriber, AutoCloseable {

  static final String NAME = "kafka-publisher";

  private final OrderedWriter writer;
  private final SigningStart signing;

  KafkaPublisher(KafkaClients kafka, TopicMaker topics) {
    this.writer = new OrderedWriter(kafka, topics, "command-publisher");
    this.signing = new SigningStart(kafka, writer);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void begin(EventSession session) throws Exception {
    signing.settle(session);
  }

  @Override
  public void take(Connection transaction, List<RecordedEvent> events) throws Exception {
    writer.write(events.stream().map(EventRecords::write).toList());
  }

  @Override
  public void close() {
    writer.close();
  }
}
