package dev.muster.kafka.projection;

import dev.muster.ops.ready.Backoff;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The partitions of one session: those being read, and those that wait to be claimed. */
final class PartitionAssignments {

  private final Map<Integer, Position> read = new HashMap<>();
  private final Map<Integer, Long> claimAtNanos = new HashMap<>();
  private final Map<Integer, Backoff> faults = new HashMap<>();
  private final Backoff failures = backoff(Duration.ofSeconds(5));

  @Nullable Position position(int partition) {
    return read.get(partition);
  }

  Collection<Position> positions() {
    return List.copyOf(read.values());
  }

  /** From where each of those partitions was to where it is then. */
  Map<Position, Position> steps(Collection<Position> reached) {
    var steps = new LinkedHashMap<Position, Position>();
    for (var position : reached) {
      var before = read.get(position.partition());
      if (before != null) {
        steps.put(before, position);
      }
    }
    return steps;
  }

  List<Integer> all() {
    return List.copyOf(read.keySet());
  }

  void assigned(Collection<Integer> partitions) {
    claimAfter(Duration.ZERO, partitions);
  }

  void released(int partition) {
    read.remove(partition);
    claimAtNanos.remove(partition);
    faults.remove(partition);
  }

  void claimed(Position position) {
    claimAtNanos.remove(position.partition());
    read.put(position.partition(), position);
  }

  void written(Collection<Position> positions) {
    failures.reset();
    for (var position : positions) {
      read.put(position.partition(), position);
      faults.remove(position.partition());
    }
  }

  /** One that cannot go on waits on its own account; returns for how long. */
  Duration faulty(int partition) {
    var wait = faults.computeIfAbsent(partition, _ -> backoff(Duration.ofSeconds(30))).next();
    claimAfter(wait, List.of(partition));
    return wait;
  }

  /** What failed together waits together, and is claimed in one go; returns for how long. */
  Duration failed(Collection<Integer> partitions) {
    var wait = failures.next();
    claimAfter(wait, partitions);
    return wait;
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

  private void claimAfter(Duration wait, Collection<Integer> partitions) {
    var at = System.nanoTime() + wait.toNanos();
    for (var partition : partitions) {
      read.remove(partition);
      claimAtNanos.put(partition, at);
    }
  }

  private static Backoff backoff(Duration longest) {
    return new Backoff(Duration.ofMillis(100), longest);
  }
}
