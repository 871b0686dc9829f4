package dev.muster.query.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.codec.Json;
import dev.muster.events.health.HealthSample;
import dev.muster.events.instance.Ids;
import dev.muster.infrastructure.TestServers;
import dev.muster.query.Story;
import dev.muster.query.feed.PartitionRecords;
import dev.muster.query.feed.Position;
import dev.muster.query.feed.ProjectedBatch;
import dev.muster.query.store.TestStore;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class HealthProjectionTest {

  private final String id = Ids.newInstance();

  @Test
  void a_sample_that_is_written_late_does_not_replace_a_newer_one() {
    try (var store = TestStore.at(TestServers.shared().mongoUri("health-projection"))) {
      var projection = new HealthProjection(store.upserts());
      var late = sample(projection, 1);
      sample(projection, 2).write();

      late.write();

      assertThat(store.mongo().findById(id, HealthRow.class))
          .extracting(HealthRow::uptimeSecs)
          .isEqualTo(2L);
    }
  }

  private ProjectedBatch sample(HealthProjection projection, long second) {
    var sample = new HealthSample(id, "run", 0, 1, 1, Story.BEGINNING.plusSeconds(second), second);
    return projection.prepare(
        List.of(
            new PartitionRecords(
                new Position(0, 0, Position.NOTHING, "1-fill", "me"),
                List.of(new ConsumerRecord<>("health", 0, 0, id, Json.write(sample))))));
  }
}
