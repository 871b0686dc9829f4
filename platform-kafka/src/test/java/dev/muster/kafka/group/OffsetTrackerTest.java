package dev.muster.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {

  private static final TopicPartition PARTITION = new TopicPartition("t", 0);

  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final OffsetTracker positions = new OffsetTracker(consumer);

  @Test
  void what_runs_of_a_lost_partition_is_waited_for_on_leaving() {
    var offsets = begun();
    positions.lose(List.of(PARTITION));

    var leaving =
        Thread.ofVirtual()
            .start(() -> positions.handOverAll(() -> System.nanoTime() + 60_000_000_000L));
    await().until(() -> leaving.getState() == Thread.State.TIMED_WAITING);
    offsets.finish(7);

    await().until(() -> !leaving.isAlive());
    assertThat(offsets.begin()).as("nothing more of it begins").isFalse();
    assertThat(consumer.committed(Set.of(PARTITION)).get(PARTITION)).isNull();
  }

  private Offsets begun() {
    consumer.assign(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 7L));
    var record = new ConsumerRecord<>("t", 0, 7, "a", new byte[0]);
    var offsets = positions.of(record);
    offsets.take(7, 0);
    assertThat(offsets.begin()).isTrue();
    return offsets;
  }
}
