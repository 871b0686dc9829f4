package dev.muster.query.topic;

import dev.muster.events.codec.UnreadableMessageException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hears every record of a small topic, from the beginning. Told by one thread. */
public interface TopicListener {

  /** The topic it is of. */
  String topic();

  /**
   * A record; those of a partition come in order.
   *
   * @throws UnreadableMessageException when it makes no sense; it is reported and left out
   */
  void take(ConsumerRecord<String, byte[]> record);

  /** Everything was heard that was there when reading began. */
  default void caughtUp() {}

  /** The topic was made anew: nothing of the old one holds. */
  void clear();
}
