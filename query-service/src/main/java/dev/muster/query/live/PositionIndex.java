package dev.muster.query.live;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/**
 * Where in the topic events are that this replica has read itself, so that who has just fallen
 * behind need not look for them. Bounded: about the last two million events.
 */
@Component
final class PositionIndex {

  private static final int MOST = 2_000;
  private static final long APART = 1_000;

  private final ConcurrentNavigableMap<Long, Map<TopicPartition, Long>> offsets =
      new ConcurrentSkipListMap<>();

  /** Everything from that position on stands at these offsets or after them. */
  void put(long position, Map<TopicPartition, Long> from) {
    if (!offsets.isEmpty() && position < offsets.lastKey() + APART) {
      return;
    }
    offsets.put(position, Map.copyOf(from));
    if (offsets.size() > MOST) {
      offsets.pollFirstEntry();
    }
  }

  /** Offsets before which nothing is from that position on; empty when it is too long ago. */
  Optional<Map<TopicPartition, Long>> before(long position) {
    return Optional.ofNullable(offsets.floorEntry(position)).map(Map.Entry::getValue);
  }

  void clear() {
    offsets.clear();
  }
}
