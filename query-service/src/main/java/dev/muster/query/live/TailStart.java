package dev.muster.query.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds the position from which on every event is in the ends of the partitions or still to come.
 * It is the highest of the positions that the partitions' last stretches begin with: what a
 * partition has before its stretch is older, and what was published again is in the stretch again.
 */
final class TailStart {

  private static final Duration POLL = Duration.ofMillis(500);

  /** Events to begin with, of all partitions together, for those who come back soon. */
  private static final int EVENTS = 2_000;

  private static final int EVENTS_OF_ONE = 8;

  private final Consumer<String, byte[]> consumer;
  private final EventFrames frames;
  private final Map<TopicPartition, Long> ends;
  private final Map<TopicPartition, Long> begins = new HashMap<>();
  private final Map<TopicPartition, List<LiveEvent>> found = new HashMap<>();

  TailStart(Consumer<String, byte[]> consumer, EventFrames frames, Map<TopicPartition, Long> ends) {
    this.consumer = consumer;
    this.frames = frames;
    this.ends = ends;
  }

  /** What the ends of the partitions hold, in order; the consumer is behind them. */
  PositionSequencer find(BooleanSupplier wanted) {
    var length = Math.max(EVENTS_OF_ONE, EVENTS / ends.size());
    ends.forEach((partition, end) -> begin(partition, Math.max(0, end - length)));
    var unclear = List.copyOf(ends.keySet());
    while (!unclear.isEmpty() && wanted.getAsBoolean()) {
      readToEnds(wanted);
      unclear = begins.keySet().stream().filter(this::isUnclear).toList();
      unclear.forEach(partition -> begin(partition, 0));
    }
    var order = new PositionSequencer(floor());
    found.forEach((partition, events) -> events.forEach(event -> order.take(partition, event)));
    return order;
  }

  private void begin(TopicPartition partition, long offset) {
    begins.put(partition, offset);
    consumer.seek(partition, offset);
  }

  private void readToEnds(BooleanSupplier wanted) {
    while (wanted.getAsBoolean() && ends.entrySet().stream().anyMatch(this::isBefore)) {
      for (var record : consumer.poll(POLL)) {
        var events = found.computeIfAbsent(EventTopic.of(record), _ -> new ArrayList<>());
        frames.read(record).ifPresent(events::add);
      }
    }
  }

  private boolean isBefore(Map.Entry<TopicPartition, Long> end) {
    return consumer.position(end.getKey()) < end.getValue();
  }

  /** Nothing of what was read tells how far the partition had come before it. */
  private boolean isUnclear(TopicPartition partition) {
    return begins.getOrDefault(partition, 0L) > 0 && eventsOf(partition).isEmpty();
  }

  private long floor() {
    return begins.entrySet().stream()
        .filter(begin -> begin.getValue() > 0)
        .flatMap(begin -> eventsOf(begin.getKey()).stream().limit(1))
        .mapToLong(LiveEvent::position)
        .max()
        .orElse(0);
  }

  private List<LiveEvent> eventsOf(TopicPartition partition) {
    return found.getOrDefault(partition, List.of());
  }
}
