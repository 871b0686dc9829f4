package dev.muster.kafka.topic;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Hears every record of a topic from a {@link TopicReader}. Told by one thread. */
public interface TopicListener {

  /** The topic it is of. */
  String topic();

  /**
   * A record; those of a partition come in order. After a failure some may come once more.
   *
   * @throws RuntimeException what {@link #leavesOut} says is reported, and the record is left out;
   *     after anything else it comes again
   */
  void take(ConsumerRecord<String, byte[]> record);

  /** Whether a record that fails like that is left out, so that the others can be read. */
  default boolean leavesOut(RuntimeException failure) {
    return true;
  }

  /** Asked each time before reading begins; that is put off as long as this says no. */
  default boolean mayBegin(Consumer<String, byte[]> consumer) {
    return true;
  }

  /** What was read together, of all topics, before each of it is taken. */
  default void arrived(ConsumerRecords<String, byte[]> records) {}

  /** Everything was heard that was there when reading began. */
  default void caughtUp() {}

  /** The topic was made anew: nothing of the old one holds. */
  default void clear() {}
}
