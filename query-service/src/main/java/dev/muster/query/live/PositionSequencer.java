package dev.muster.query.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts what comes from all partitions into the one order of positions. Nothing is passed over: what
 * comes too early waits for what is before it, and what has come already is left out.
 *
 * <p>Within a partition the first copies of events are in order, so one that has gone past the next
 * event cannot bring it, and need not be read on while much waits.
 */
final class PositionSequencer {

  private static final long MOST_BYTES = 8 << 20;

  private final Map<Long, LiveEvent> waiting = new HashMap<>();
  private final Map<TopicPartition, Long> newest = new HashMap<>();
  private long next;
  private long bytes;

  /**
   * @param next the position to begin with
   */
  PositionSequencer(long next) {
    this.next = next;
  }

  void take(TopicPartition partition, LiveEvent event) {
    newest.merge(partition, event.position(), Math::max);
    if (event.position() >= next && waiting.putIfAbsent(event.position(), event) == null) {
      bytes += event.bytes();
    }
  }

  /** The next events, once; empty when the next one has not come yet. */
  List<LiveEvent> ready() {
    var ready = new ArrayList<LiveEvent>();
    for (var event = waiting.remove(next); event != null; event = waiting.remove(next)) {
      ready.add(event);
      bytes -= event.bytes();
      next++;
    }
    return ready;
  }

  long next() {
    return next;
  }

  /** The highest position that has come from anywhere, or the one before the first. */
  long newest() {
    return newest.values().stream().mapToLong(Long::longValue).reduce(next - 1, Math::max);
  }

  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** Partitions to leave alone for now. */
  Set<TopicPartition> ahead() {
    if (bytes < MOST_BYTES) {
      return Set.of();
    }
    return newest.entrySet().stream()
        .filter(partition -> partition.getValue() >= next)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
