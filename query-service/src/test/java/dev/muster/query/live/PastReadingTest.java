package dev.muster.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.codec.EventRecords;
import dev.muster.events.kafka.Topics;
import dev.muster.infrastructure.EmbeddedKafka;
import dev.muster.query.Story;
import dev.muster.query.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PastReadingTest {

  private static final Instant BEGINNING = Instant.now().minus(Duration.ofDays(10));

  @TempDir Path folder;
  private final Places places = new Places();

  @Test
  void what_was_published_before_is_not_read() throws Exception {
    try (var kafka = EmbeddedKafka.start(folder, 0);
        var producer = Topic.clients(kafka.bootstrapServers()).producer("test-past")) {
      Topic.at(kafka.bootstrapServers()).close();
      // An event an hour, of one instance.
      var story = Story.running("old");
      for (int i = 0; i < 50; i++) {
        story.pauseRequested().paused().resumeRequested().resumed();
      }
      var events = places.of(story);
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
      producer.flush();

      var consumer = Topic.clients(kafka.bootstrapServers()).reader("test-past", 1 << 20);
      try (var reading =
          new PastReading(consumer, new EventFrames(JsonMapper.builder().build()), 150)) {
        reading.begin(Optional.of(BEGINNING.plus(Duration.ofHours(148))));

        assertThat(furthest(consumer.assignment(), consumer::position)).isEqualTo(148);
        assertThat(all(reading, 202 - 150))
            .isEqualTo(events.subList(150, 202).stream().map(event -> event.position()).toList());
      }
    }
  }

  private static long furthest(
      Iterable<TopicPartition> partitions, ToLongFunction<TopicPartition> place) {
    long furthest = 0;
    for (var partition : partitions) {
      if (partition.topic().equals(Topics.INSTANCE_EVENTS)) {
        furthest = Math.max(furthest, place.applyAsLong(partition));
      }
    }
    return furthest;
  }

  private static List<Long> all(PastReading reading, int count) {
    var positions = new ArrayList<Long>();
    while (positions.size() < count) {
      reading.poll().forEach(event -> positions.add(event.position()));
    }
    return positions;
  }
}
