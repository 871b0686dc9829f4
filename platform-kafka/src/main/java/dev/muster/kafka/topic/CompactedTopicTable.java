package dev.muster.kafka.topic;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A small topic that is held in memory: the newest word on each key. Written by one thread, read by
 * any.
 */
public interface CompactedTopicTable extends TopicListener {

  @Override
  default void take(ConsumerRecord<String, byte[]> record) {
    if (record.key() == null) {
      return;
    }
    if (record.value() == null) {
      remove(record.key());
    } else {
      put(record.key(), record.value(), record.offset());
    }
  }

  /**
   * A word on a key, newer than the one before.
   *
   * @param offset its place in its partition
   * @throws RuntimeException when it makes no sense; it is reported and left out
   */
  void put(String key, byte[] value, long offset);

  /** The key is no more. */
  void remove(String key);
}
