package dev.muster.query;

import dev.muster.events.audit.AuditRecords;
import dev.muster.events.codec.EventRecords;
import dev.muster.events.codec.HealthRecords;
import dev.muster.events.codec.Json;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.events.health.HealthReport;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.TestKafka;
import dev.muster.events.kafka.Topics;
import dev.muster.events.kafka.UnsignedRecords;
import dev.muster.events.log.LogChunk;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes what the other services would write to the topics. */
public final class Topic implements AutoCloseable {

  private final String bootstrapServers;
  private final Producer<String, byte[]> producer;

  private Topic(String bootstrapServers, Producer<String, byte[]> producer) {
    this.bootstrapServers = bootstrapServers;
    this.producer = producer;
  }

  public static Topic at(String bootstrapServers) throws Exception {
    var clients = clients(bootstrapServers);
    try (var admin = clients.admin("test-admin")) {
      Topics.create(admin, 8, (short) 1);
    }
    var topic = new Topic(bootstrapServers, clients.producer("test"));
    topic.tell(new UnsignedRecords(List.of()).write());
    return topic;
  }

  public static KafkaClients clients(String bootstrapServers) {
    return TestKafka.clients(KafkaSettings.of(bootstrapServers, 8));
  }

  /** All that happened to the instances so far. */
  public void tell(Story... stories) {
    for (var story : stories) {
      tell(story.events());
    }
  }

  public void tell(List<RecordedEvent> events) {
    var sent = events.stream().map(EventRecords::write).map(producer::send).toList();
    producer.flush();
    sent.forEach(Future::resultNow);
  }

  public void tell(HealthReport report) {
    var record = HealthRecords.write(report);
    raw(record.topic(), record.key(), record.value());
  }

  public void tell(LogChunk chunk) {
    raw(Topics.INSTANCE_LOGS, chunk.instanceId(), Json.write(chunk));
  }

  public void tell(ProducerRecord<String, byte[]> record) {
    var sent = producer.send(record);
    producer.flush();
    sent.resultNow();
  }

  /** As somebody without the secret. */
  public void forge(RecordedEvent event) {
    TestKafka.writePlainly(bootstrapServers, EventRecords.write(event));
  }

  /** The audit log is there, and has no entries. */
  public void signNothing() {
    tell(AuditRecords.verifier("example.com/empty+00000000+AA=="));
    tell(AuditRecords.checkpoint("example.com/empty\n0\nAA==\n\n— example.com/empty AA==\n"));
  }

  /** A null value is a tombstone. */
  public void raw(String topic, @Nullable String key, byte @Nullable [] value) {
    tell(new ProducerRecord<>(topic, key, value));
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
