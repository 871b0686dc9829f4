package dev.muster.kafka.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far a member has come in its partitions, and the group's knowledge of it. */
final class OffsetTracker {

  private static final Logger log = LoggerFactory.getLogger(OffsetTracker.class);
  private static final long COMMIT_INTERVAL = Duration.ofMillis(200).toNanos();
  private static final Duration COMMIT = Duration.ofSeconds(2);

  private final Consumer<String, byte[]> consumer;
  private final Map<TopicPartition, Offsets> partitions = new HashMap<>();

  /** Of partitions that were lost while something of them ran. */
  private final List<Offsets> lost = new ArrayList<>();

  private long lastCommit = System.nanoTime();

  OffsetTracker(Consumer<String, byte[]> consumer) {
    this.consumer = consumer;
  }

  Offsets of(ConsumerRecord<String, byte[]> record) {
    return partitions.computeIfAbsent(
        new TopicPartition(record.topic(), record.partition()), _ -> new Offsets(record.offset()));
  }

  /** Goes on behind what was left out: after all that was taken, these come next. */
  void pass(Map<TopicPartition, OffsetAndMetadata> next) {
    next.forEach(
        (partition, offset) ->
            partitions.computeIfAbsent(partition, _ -> new Offsets(0)).pass(offset.offset()));
  }

  /** Empty while the group has not said where to begin. */
  Optional<PartitionProgress> progress(TopicPartition partition) {
    try {
      // Not one past the last record: what ends a transaction takes an offset, too.
      var next = consumer.position(partition, Duration.ZERO);
      var offsets = partitions.get(partition);
      return Optional.of(
          offsets == null ? new PartitionProgress(next, 0, null) : offsets.progress(next));
    } catch (KafkaException | IllegalStateException e) {
      // Nor when the partition has just become another's: that is for the next poll to say.
      log.debug("no position yet partition={}", partition, e);
      return Optional.empty();
    }
  }

  /** Whether the group knows of everything that is done. */
  boolean isCommitted() {
    return done(_ -> true).isEmpty();
  }

  void commitNowAndThen() {
    if (System.nanoTime() - lastCommit <= COMMIT_INTERVAL) {
      return;
    }
    lastCommit = System.nanoTime();
    var done = done(_ -> true);
    if (!done.isEmpty()) {
      consumer.commitAsync(
          done,
          (offsets, failure) -> {
            if (failure == null) {
              committed(offsets);
            } else {
              log.debug("offsets not committed, the next commit makes up for it", failure);
            }
          });
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> done(Predicate<TopicPartition> of) {
    var done = new HashMap<TopicPartition, OffsetAndMetadata>();
    partitions.forEach(
        (partition, offsets) -> {
          if (of.test(partition) && offsets.advanced()) {
            done.put(partition, new OffsetAndMetadata(offsets.lowestUnfinished()));
          }
        });
    return done;
  }

  private void committed(Map<TopicPartition, OffsetAndMetadata> positions) {
    positions.forEach(
        (partition, position) -> {
          var offsets = partitions.get(partition);
          if (offsets != null) {
            offsets.committed(position.offset());
          }
        });
  }

  /** They are another's already: nothing of them begins here any more. */
  void lose(Collection<TopicPartition> gone) {
    lost.removeIf(Offsets::isIdle);
    for (var partition : gone) {
      var offsets = partitions.remove(partition);
      if (offsets != null) {
        offsets.withdraw();
        lost.add(offsets);
      }
    }
  }

  /** As {@link #handOver}, of every partition; what runs of lost ones is waited for, too. */
  void handOverAll(LongSupplier deadlineNanos) {
    handOver(List.copyOf(partitions.keySet()), deadlineNanos);
    awaitIdle(lost, deadlineNanos);
  }

  /** Waits for what has begun, and lets the group know what is done. */
  void handOver(Collection<TopicPartition> leaving, LongSupplier deadlineNanos) {
    var theirs =
        leaving.stream().flatMap(p -> Optional.ofNullable(partitions.get(p)).stream()).toList();
    theirs.forEach(Offsets::withdraw);
    awaitIdle(theirs, deadlineNanos);
    var done = done(leaving::contains);
    leaving.forEach(partitions::remove);
    commit(done);
  }

  private static void awaitIdle(List<Offsets> all, LongSupplier deadlineNanos) {
    try {
      for (var offsets : all) {
        offsets.awaitIdle(deadlineNanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void commit(Map<TopicPartition, OffsetAndMetadata> done) {
    if (done.isEmpty()) {
      return;
    }
    try {
      commitThoughWoken(done);
    } catch (KafkaException e) {
      log.warn("offsets not committed on leaving, some records are looked at again", e);
    }
  }

  private void commitThoughWoken(Map<TopicPartition, OffsetAndMetadata> done) {
    try {
      consumer.commitSync(done, COMMIT);
    } catch (WakeupException e) { // it was to make a poll end, and none was under way
      consumer.commitSync(done, COMMIT);
    }
  }
}
