package dev.muster.kafka;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.TestKafka;
import dev.muster.infrastructure.TestServers;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** A topic of its own for a test, on a real broker. */
public final class TestTopic implements AutoCloseable {

  private final KafkaClients kafka =
      TestKafka.clients(KafkaSettings.of(TestServers.shared().kafka(), 1));
  private final Producer<String, byte[]> producer = kafka.producer("test");
  private final String name = "topic-" + UUID.randomUUID();

  public TestTopic(int partitions) throws Exception {
    make(partitions);
  }

  public KafkaClients kafka() {
    return kafka;
  }

  public String name() {
    return name;
  }

  public void make(int partitions) throws Exception {
    try (var admin = kafka.admin("test-admin")) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    }
  }

  /** Returns once it is gone. */
  public void delete() throws Exception {
    try (var admin = kafka.admin("test-admin")) {
      admin.deleteTopics(List.of(name)).all().get();
      while (admin.listTopics().names().get().contains(name)) {
        Thread.onSpinWait();
      }
    }
  }

  public RecordMetadata write(String key, String value) throws Exception {
    return producer.send(new ProducerRecord<>(name, key, value.getBytes())).get();
  }

  public RecordMetadata write(int partition, String key, String value) throws Exception {
    return producer.send(new ProducerRecord<>(name, partition, key, value.getBytes())).get();
  }

  @Override
  public void close() {
    producer.close();
  }
}
