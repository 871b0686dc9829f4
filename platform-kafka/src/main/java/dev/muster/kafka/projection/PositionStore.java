package dev.muster.kafka.projection;

import java.util.Collection;
import java.util.Map;

/**
 * The positions of one topic, in the store that its projection writes to. A method throws something
 * that {@link #isRefusal} tells when the store does not answer.
 */
public interface PositionStore {

  /**
   * Takes partitions over from whoever had them. One without a position, with one past the end of
   * its topic, or with rows that cannot be built upon begins anew.
   *
   * @param ends offset after the last record, by partition
   */
  Collection<Position> claim(Map<Integer, Long> ends);

  /** Of every partition that has one, whoever reads it. */
  Collection<Position> all();

  /**
   * @param held as this feed has written them
   * @throws PositionLostException when a partition is no longer this feed's to write, or the store
   *     came back from an older state, as one does that was killed
   */
  void requireHeld(Collection<Position> held);

  /**
   * @param steps from what this feed has written to what it has read since
   * @throws PositionLostException like {@link #requireHeld}, when that came in the meantime
   */
  void advance(Map<Position, Position> steps);

  /** Whether the store, or what a {@link Projection} did with it, failed for the store's sake. */
  boolean isRefusal(RuntimeException failure);

  /** What operators can do about that, in a few words. */
  String whatToCheck();
}
