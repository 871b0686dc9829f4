package dev.muster.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
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
  void a_broker_with_a_login_lets_in_its_user_alone_and_finds_what_was_written_without_one()
      throws Exception {
    try (var open = EmbeddedKafka.start(folder, 0)) {
      write(open.bootstrapServers(), "kept");
    }
    try (var closed = EmbeddedKafka.start(folder, 0, new ServerLogin("muster", "right"))) {
      var servers = closed.bootstrapServers();
      assertThat(read(servers, as("muster", "right"))).isEqualTo("kept");
      for (var stranger : List.of(as("muster", "wrong"), as("nobody", "right"))) {
        assertThatThrownBy(() -> topics(servers, stranger))
            .hasCauseInstanceOf(SaslAuthenticationException.class);
      }
      assertThatThrownBy(() -> topics(servers, Map.of()))
          .hasCauseInstanceOf(TimeoutException.class);
    }
  }

  private static Map<String, Object> as(String username, String password) {
    return Map.of(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "SCRAM-SHA-256",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(username, password));
  }

  private static Set<String> topics(String servers, Map<String, Object> login) throws Exception {
    var settings = new HashMap<String, Object>(login);
    settings.put("bootstrap.servers", servers);
    settings.put("default.api.timeout.ms", 2_000);
    settings.put("request.timeout.ms", 1_000);
    try (var admin = Admin.create(settings)) {
      return admin.listTopics().names().get();
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
    return read(servers, Map.of());
  }

  private static String read(String servers, Map<String, Object> login) {
    var settings = new HashMap<String, Object>(login);
    settings.put("bootstrap.servers", servers);
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
