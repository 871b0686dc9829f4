package dev.muster.command.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.events.instance.Ids;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.TestKafka;
import dev.muster.infrastructure.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Those who write to topics, on a real broker. */
class WritersTest {

  private static final byte[] TOO_LARGE = new byte[2 << 20];

  private final KafkaClients kafka =
      TestKafka.clients(KafkaSettings.of(TestServers.shared().kafka(), 1));
  private final String topic = "writers-" + Ids.newEvent();

  @BeforeEach
  void makeTopic() throws Exception {
    try (var admin = kafka.admin("test")) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  @Test
  void a_record_that_is_too_large_fails_nobody_elses() throws Exception {
    try (var writer = new TopicWriter(kafka);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var others =
          IntStream.range(0, 200)
              .<Callable<Object>>mapToObj(_ -> () -> writer.write(record(new byte[100_000])))
              .toList();
      var written = others.stream().map(threads::submit).toList();

      for (int i = 0; i < 50; i++) {
        assertThatThrownBy(() -> writer.write(record(TOO_LARGE)))
            .isInstanceOf(TooLargeException.class);
      }

      for (var one : written) {
        assertThat(one.get()).isNotNull();
      }
    }
  }

  @Test
  void of_records_written_together_none_is_there_when_one_is_too_large() throws Exception {
    try (var writer = new AtomicWriter(kafka, new WriterId("writers-" + Ids.newEvent()))) {
      assertThatThrownBy(() -> writer.write(List.of(record(new byte[1]), record(TOO_LARGE))))
          .isInstanceOf(TooLargeException.class);

      assertThat(writer.write(List.of(record(new byte[1])))).hasSize(1);
    }
  }

  @Test
  void what_a_killed_replica_left_open_is_ended_when_it_starts_again() throws Exception {
    var id = new WriterId("writers-" + Ids.newEvent());
    var maker = new TopicMaker(kafka, id);
    try (var admin = kafka.admin("test");
        var killed = kafka.transactionalProducer("killed", id.text())) {
      killed.initTransactions();
      killed.beginTransaction();
      var offset = killed.send(record(new byte[1])).get().offset();
      assertThat(committedEnd()).isEqualTo(offset);

      maker.start();

      await().atMost(Duration.ofSeconds(8)).until(() -> committedEnd() > offset);
    } finally {
      maker.stop();
    }
  }

  @Test
  void a_replica_keeps_its_id_and_shares_it_with_none() {
    assertThat(WriterId.of(8081)).isEqualTo(WriterId.of(8081)).isNotEqualTo(WriterId.of(8082));
    assertThat(WriterId.of(0)).isNotEqualTo(WriterId.of(0));
  }

  private ProducerRecord<String, byte[]> record(byte[] value) {
    return new ProducerRecord<>(topic, "key", value);
  }

  private long committedEnd() throws ExecutionException, InterruptedException {
    var place = new TopicPartition(topic, 0);
    try (var admin = kafka.admin("test-ends")) {
      return admin
          .listOffsets(
              Map.of(place, OffsetSpec.latest()),
              new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
          .partitionResult(place)
          .get()
          .offset();
    }
  }
}
