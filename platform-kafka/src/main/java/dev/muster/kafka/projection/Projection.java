package dev.muster.kafka.projection;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the records of a topic mean to the read store. Called by one thread. */
public interface Projection {

  /**
   * Works out what to write, and writes nothing yet.
   *
   * @throws RuntimeException when the store does not answer; the same records come again
   */
  ProjectedBatch prepare(List<PartitionRecords> parts);

  /** Partitions are about to be claimed in a store that may be new. */
  default void claiming() {}

  /** A partition is this feed's from here on; nothing remembered of it holds any more. */
  default void claimed(Position position, CommittedOffset offset) {}

  /** A partition went to another feed, or is to be claimed again. */
  default void released(int partition) {}

  /**
   * What there is to write beside the records, in the partitions that {@link ProjectedBatch#newest}
   * names; asked after every poll.
   *
   * @param held where the store stands in the partitions that are this feed's
   */
  default Optional<ProjectedBatch> unasked(Collection<Position> held) {
    return Optional.empty();
  }

  /** The number to find in the partition's {@link CommittedOffset} later on; it only grows. */
  default long note(int partition) {
    return 0;
  }

  /**
   * How long after records the next ones may gather, since a batch costs about the same however
   * small it is. What comes after a rest is taken at once.
   */
  default Duration gathers() {
    return Duration.ofMillis(100);
  }

  /** Called after every poll, an empty one too: what could not be told then is told now. */
  default void polled() {}
}
