package dev.muster.query.feed;

import java.util.List;

/** What the records of a topic mean to the read store. Called by one thread. */
public interface Projection {

  /**
   * Works out what to write, and writes nothing yet.
   *
   * @throws RuntimeException when the store does not answer; the same records come again
   */
  Work prepare(List<Part> parts);

  /** Partitions are about to be claimed in a store that may be new. */
  void claiming();

  /** A partition is this feed's from here on; nothing remembered of it holds any more. */
  void claimed(Position position);

  /** A partition went to another feed, or is to be claimed again. */
  void released(int partition);

  /** Called after every poll, an empty one too: what could not be told then is told now. */
  void polled();
}
