package dev.muster.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

  @TempDir Path folder;

  @Test
  void a_restart_on_another_port_finds_what_was_written() throws Exception {
    try (var first = EmbeddedKafka.start(folder, 0)) {
      write(first.bootstrapServers(), "kept");
    }
    try (var second = EmbeddedKafka.start(folder, FreePort.any())) {
      assertThat(read(second.bootstrapServers())).isEqualTo("kept");
    }
  }

  @Test
  void groups_of_the_new_protocol_get_their_partitions() throws Exception {
    var servers = TestServers.shared().kafka();
    write(servers, "hello");
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            servers,
            "group.id",
            "group-" + System.nanoTime(),
            "group.protocol",
            "consumer",
            "auto.offset.reset",
            "earliest");
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of("topic"));
      assertThat(next(consumer)).isEqualTo("hello");
    }
  }

  private static void write(String servers, String value) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", servers);
    try (var admin = Admin.create(settings);
        var producer =
            new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      admin.createTopics(List.of(new NewTopic("topic", 1, (short) 1))).all().get();
      var bytes = value.getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>("topic", bytes)).get(30, TimeUnit.SECONDS);
    }
  }

  private static String read(String servers) {
    Map<String, Object> settings = Map.of("bootstrap.servers", servers);
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partition = new TopicPartition("topic", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      return next(consumer);
    }
  }

  private static String next(KafkaConsumer<byte[], byte[]> consumer) {
    for (int i = 0; i < 30; i++) {
      for (var message : consumer.poll(Duration.ofSeconds(1))) {
        return new String(message.value(), StandardCharsets.UTF_8);
      }
    }
    throw new AssertionError("nothing to read");
  }
}
