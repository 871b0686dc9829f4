package dev.muster.kafka.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kafka.TestTopic;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

/** What writers rely on, on a real broker. */
class ReopenedProducerTest {

  private static final Duration WITHIN = Duration.ofMinutes(1);

  @Test
  void records_are_written_in_their_order() throws Exception {
    try (var topic = new TestTopic(1);
        var producer = new ReopenedProducer(topic.kafka(), "producer")) {
      var records = IntStream.range(0, 10).mapToObj(_ -> record(topic, 1)).toList();

      assertThat(producer.write(records, WITHIN).stream().map(RecordMetadata::offset))
          .containsExactlyElementsOf(IntStream.range(0, 10).mapToObj(Long::valueOf).toList());
    }
  }

  @Test
  void one_that_is_dropped_or_closed_is_opened_anew() throws Exception {
    try (var topic = new TestTopic(1);
        var producer = new ReopenedProducer(topic.kafka(), "producer")) {
      var first = producer.get();
      assertThat(producer.get()).isSameAs(first);

      producer.drop(first);

      var second = producer.get();
      assertThat(second).isNotSameAs(first);
      producer.drop(first);
      assertThat(producer.get()).as("dropping the first again").isSameAs(second);
      producer.close();
      assertThat(producer.write(List.of(record(topic, 1)), WITHIN)).hasSize(1);
    }
  }

  @Test
  void a_record_that_is_too_large_fails_alone() throws Exception {
    try (var topic = new TestTopic(1);
        var producer = new ReopenedProducer(topic.kafka(), "producer")) {
      var open = producer.get();

      assertThatThrownBy(() -> producer.writeOrDrop(List.of(record(topic, 2 << 20)), WITHIN))
          .isInstanceOf(RecordTooLargeException.class);

      assertThat(producer.get()).isSameAs(open);
    }
  }

  @Test
  void a_key_is_where_the_producer_puts_it() throws Exception {
    try (var topic = new TestTopic(7)) {
      for (var key : List.of("inst_a", "inst_b", "inst_c", "inst_d")) {
        assertThat(KeyPartition.of(key, 7)).isEqualTo(topic.write(key, "1").partition());
      }
    }
  }

  private static ProducerRecord<String, byte[]> record(TestTopic topic, int size) {
    return new ProducerRecord<>(topic.name(), "key", new byte[size]);
  }
}
