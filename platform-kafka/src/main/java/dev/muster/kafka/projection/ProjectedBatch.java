package dev.muster.kafka.projection;

import java.util.Collection;
import java.util.Map;

/** What a projection made of the records of one poll. */
public interface ProjectedBatch {

  /**
   * Global position of the newest event read, by partition; without the partitions of {@link
   * #faults}.
   */
  Map<Integer, Long> newest();

  /** Partitions that cannot go on, and why; nothing of them is written. */
  default Map<Integer, String> faults() {
    return Map.of();
  }

  /**
   * Writes everything; on return it can be read. May be called again with the same records after a
   * failure, and leaves the same.
   */
  void write();

  /** What was written counts: the store knows the positions after it. */
  default void written(Collection<Position> reached) {}
}
