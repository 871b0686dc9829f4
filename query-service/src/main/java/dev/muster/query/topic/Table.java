package dev.muster.query.topic;

import dev.muster.events.codec.UnreadableMessageException;

/**
 * A small topic that every replica holds in memory: the newest word on each key. Written by one
 * thread, read by any.
 */
public interface Table {

  /** The topic it is of. */
  String topic();

  /**
   * A word on a key, newer than the one before.
   *
   * @param offset its place in its partition
   * @throws UnreadableMessageException when it makes no sense; it is reported and left out
   */
  void put(String key, byte[] value, long offset);

  /** The key is no more. */
  void remove(String key);

  /** The topic was made anew: nothing of the old one holds. */
  void clear();
}
