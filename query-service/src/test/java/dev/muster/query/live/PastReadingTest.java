package dev.muster.query.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.events.codec.EventRecords;
import dev.muster.events.envelope.RecordedEvent;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PastReadingTest {

  private static final int FIRST = 150;
  private static final Instant BEGINNING = Instant.now().minus(Duration.ofDays(10));

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static List<RecordedEvent> events;

  /** An event an hour, of one instance. */
  @BeforeAll
  static void publish() throws Exception {
    kafka = EmbeddedKafka.start(folder, 0);
    Topic.at(kafka.bootstrapServers()).close();
    var story = Story.running("old");
    for (int i = 0; i < 50; i++) {
      story.pauseRequested().paused().resumeRequested().resumed();
    }
    events = new Places().of(story);
    try (var producer = Topic.clients(kafka.bootstrapServers()).producer("test-past")) {
      for (var event : events) {
        var record = EventRecords.write(event);
        producer.send(
            new ProducerRecord<>(
                record.topic(),
                null,
                BEGINNING.plus(Duration.ofHours(event.position())).toEpochMilli(),
                record.key(),
                record.value(),
                record.headers()));
      }
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void what_was_published_before_is_not_read() {
    var consumer = consumer();
    try (var reading = reading(consumer)) {
      reading.begin(Optional.of(BEGINNING.plus(Duration.ofHours(148))));

      assertThat(furthest(consumer)).isEqualTo(148);
      assertThat(all(reading)).isEqualTo(wanted());
    }
  }

  @Test
  void where_a_time_leads_too_far_the_topic_is_read_from_the_beginning() {
    var consumer = consumer();
    try (var reading = reading(consumer)) {
      reading.begin(Optional.of(BEGINNING.plus(Duration.ofHours(160))));

      assertThat(furthest(consumer)).isEqualTo(160);
      assertThat(all(reading)).isEqualTo(wanted());
    }
  }

  @Test
  void what_the_topic_does_not_have_is_not_passed_over() {
    try (var reading = new PastReading(consumer(), frames(), events.size())) {
      reading.begin(Optional.empty());

      assertThatThrownBy(
              () -> {
                while (reading.poll().isEmpty()) {}
              })
          .isInstanceOf(KafkaException.class)
          .hasMessageContaining("position " + events.size());
    }
  }

  private static PastReading reading(Consumer<String, byte[]> consumer) {
    return new PastReading(consumer, frames(), FIRST);
  }

  private static Consumer<String, byte[]> consumer() {
    return Topic.clients(kafka.bootstrapServers())
        .reader("test-past", 1 << 20, Duration.ofMillis(500));
  }

  private static EventFrames frames() {
    return new EventFrames(JsonMapper.builder().build());
  }

  private static List<Long> wanted() {
    return events.stream().map(RecordedEvent::position).filter(at -> at >= FIRST).toList();
  }

  private static long furthest(Consumer<String, byte[]> consumer) {
    return consumer.assignment().stream().mapToLong(consumer::position).max().orElseThrow();
  }

  private static List<Long> all(PastReading reading) {
    var positions = new ArrayList<Long>();
    while (positions.size() < events.size() - FIRST) {
      reading.poll().forEach(event -> positions.add(event.position()));
    }
    return positions;
  }
}
