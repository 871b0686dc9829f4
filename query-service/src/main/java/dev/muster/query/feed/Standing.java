package dev.muster.query.feed;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The partitions of one session: those being read, and those that wait to be claimed. */
final class Standing {

  private final Map<Integer, Position> read = new HashMap<>();
  private final Map<Integer, Long> claimAtNanos = new HashMap<>();

  @Nullable Position position(int partition) {
    return read.get(partition);
  }

  List<Integer> all() {
    return List.copyOf(read.keySet());
  }

  void reached(Collection<Position> positions) {
    positions.forEach(position -> read.put(position.partition(), position));
  }

  void claimed(Position position) {
    claimAtNanos.remove(position.partition());
    read.put(position.partition(), position);
  }

  void claimAfter(Duration wait, Collection<Integer> partitions) {
    var at = System.nanoTime() + wait.toNanos();
    for (var partition : partitions) {
      read.remove(partition);
      claimAtNanos.put(partition, at);
    }
  }

  void released(int partition) {
    read.remove(partition);
    claimAtNanos.remove(partition);
  }

  boolean waits() {
    return !claimAtNanos.isEmpty();
  }

  List<Integer> due() {
    var now = System.nanoTime();
    return claimAtNanos.entrySet().stream()
        .filter(entry -> entry.getValue() - now <= 0)
        .map(Map.Entry::getKey)
        .toList();
  }
}
