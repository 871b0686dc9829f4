package dev.muster.query.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.codec.Json;
import dev.muster.events.health.HealthSample;
import dev.muster.events.health.HostHeartbeat;
import dev.muster.events.instance.Ids;
import dev.muster.events.instance.Run;
import dev.muster.events.view.HealthView;
import dev.muster.infrastructure.TestServers;
import dev.muster.kafka.projection.PartitionRecords;
import dev.muster.kafka.projection.Position;
import dev.muster.kafka.projection.ProjectedBatch;
import dev.muster.query.Story;
import dev.muster.query.store.TestStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthProjectionTest {

  private final String id = Ids.newInstance();
  private final Run run = new Run("run", at(0));

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

  @Test
  void a_heartbeat_of_its_host_counts_for_each_instance_that_the_host_looks_at() {
    assertThat(viewOf(sampleAt(5), heartbeatAt(65), run)).satisfies(isAliveAt(65));
  }

  @Test
  void no_heartbeat_counts_for_an_instance_that_the_host_looks_at_no_more() {
    assertThat(viewOf(sampleAt(5).withHost(null), heartbeatAt(65), run)).satisfies(isAliveAt(5));
  }

  @Test
  void no_heartbeat_counts_for_a_sample_from_before_the_watch_began() {
    var began = new HostHeartbeat("lab", at(6), at(65));

    assertThat(viewOf(sampleAt(5), began, run)).satisfies(isAliveAt(5));
  }

  @Test
  void no_heartbeat_counts_for_a_run_that_is_over() {
    assertThat(viewOf(sampleAt(5), heartbeatAt(65), null)).satisfies(isAliveAt(5));
    assertThat(viewOf(sampleAt(5), heartbeatAt(65), new Run("next", at(0))))
        .satisfies(isAliveAt(5));
  }

  @Test
  void an_older_heartbeat_takes_nothing_back() {
    assertThat(viewOf(sampleAt(5), heartbeatAt(3), run)).satisfies(isAliveAt(5));
  }

  private static Consumer<HealthView> isAliveAt(long second) {
    return view -> {
      assertThat(view.lastHeartbeat()).isEqualTo(at(second).getEpochSecond());
      assertThat(view.uptimeSecs()).isEqualTo(second);
    };
  }

  private HealthView viewOf(HealthSample sample, HostHeartbeat heartbeat, @Nullable Run now) {
    return HealthRow.of(sample).view(now, _ -> Optional.of(HostHeartbeatRow.of(heartbeat)), at(66));
  }

  private HealthSample sampleAt(long second) {
    return new HealthSample(id, run.id(), 0, 1, 1, at(second), second, "lab");
  }

  private static HostHeartbeat heartbeatAt(long second) {
    return new HostHeartbeat("lab", at(1), at(second));
  }

  private static Instant at(long second) {
    return Story.BEGINNING.plusSeconds(second);
  }

  private ProjectedBatch sample(HealthProjection projection, long second) {
    var sample = new HealthSample(id, "run", 0, 1, 1, at(second), second);
    return projection.prepare(
        List.of(
            new PartitionRecords(
                new Position(0, 0, Position.NOTHING, "1-fill", "me"),
                List.of(new ConsumerRecord<>("health", 0, 0, id, Json.write(sample))))));
  }
}
