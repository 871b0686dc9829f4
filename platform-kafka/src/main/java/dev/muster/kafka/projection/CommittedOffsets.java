package dev.muster.kafka.projection;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The marks of a feed's partitions, kept as the offsets its group has committed, so that Kafka's
 * own tools show them too. They never go back, and lag a little behind what was written.
 */
final class CommittedOffsets {

  private static final Logger log = LoggerFactory.getLogger(CommittedOffsets.class);
  private static final Duration READ_WITHIN = Duration.ofSeconds(10);
  private static final Duration COMMIT_WITHIN = Duration.ofSeconds(2);
  private static final long EVERY_NANOS = 1_000_000_000;

  private final String topic;
  private final Consumer<String, byte[]> consumer;
  private final Map<Integer, CommittedOffset> marks = new HashMap<>();
  private final Map<Integer, CommittedOffset> uncommitted = new HashMap<>();
  private long committedAt = System.nanoTime();

  CommittedOffsets(String topic, Consumer<String, byte[]> consumer) {
    this.topic = topic;
    this.consumer = consumer;
  }

  /**
   * Reads the marks of partitions that are this member's.
   *
   * @param ends offset after the last record, by partition; a mark past it is of another topic
   * @throws KafkaException when the broker does not say
   */
  void load(Map<Integer, Long> ends) {
    var asked = new HashSet<TopicPartition>();
    ends.keySet().forEach(partition -> asked.add(new TopicPartition(topic, partition)));
    var committed = consumer.committed(asked, READ_WITHIN);
    for (var partition : asked) {
      long end = ends.getOrDefault(partition.partition(), 0L);
      var there = mark(committed.get(partition));
      marks.merge(
          partition.partition(),
          there.next() <= end ? there : CommittedOffset.NONE,
          (here, known) -> here.next() <= end ? here.atLeast(known) : known);
    }
  }

  CommittedOffset of(int partition) {
    return marks.getOrDefault(partition, CommittedOffset.NONE);
  }

  void reached(int partition, CommittedOffset reached) {
    var offset = of(partition).atLeast(reached);
    if (!offset.equals(marks.put(partition, offset))) {
      uncommitted.put(partition, offset);
    }
  }

  boolean isCommitted() {
    return uncommitted.isEmpty();
  }

  /** Now and then, without waiting for the broker. */
  void commitSometimes() {
    if (uncommitted.isEmpty() || System.nanoTime() - committedAt < EVERY_NANOS) {
      return;
    }
    committedAt = System.nanoTime();
    consumer.commitAsync(
        toCommit(uncommitted.keySet()),
        (_, failure) -> {
          if (failure != null) {
            log.debug("marks not committed, the next ones will be topic={}", topic, failure);
          }
        });
    uncommitted.clear();
  }

  /** Before partitions go to another member; what is not committed is done again there. */
  void release(Collection<Integer> partitions) {
    var left = new HashSet<>(partitions);
    left.retainAll(uncommitted.keySet());
    try {
      if (!left.isEmpty()) {
        consumer.commitSync(toCommit(left), COMMIT_WITHIN);
      }
    } catch (KafkaException e) {
      log.debug("marks not committed; unreadable events may be told again topic={}", topic, e);
    }
    forget(partitions);
  }

  void forget(Collection<Integer> partitions) {
    marks.keySet().removeAll(partitions);
    uncommitted.keySet().removeAll(partitions);
  }

  private static CommittedOffset mark(@Nullable OffsetAndMetadata committed) {
    return committed == null
        ? CommittedOffset.NONE
        : CommittedOffset.parse(committed.offset(), committed.metadata());
  }

  private Map<TopicPartition, OffsetAndMetadata> toCommit(Collection<Integer> partitions) {
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (var partition : partitions) {
      var offset = of(partition);
      offsets.put(
          new TopicPartition(topic, partition),
          new OffsetAndMetadata(offset.next(), offset.text()));
    }
    return offsets;
  }
}
