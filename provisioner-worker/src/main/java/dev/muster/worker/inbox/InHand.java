package dev.muster.worker.inbox;

import dev.muster.worker.inbox.Work.Asked;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one member of the group has taken up and not yet committed. For the polling thread; only the
 * work itself runs on others.
 */
final class InHand implements ConsumerRebalanceListener {

  private static final Logger log = LoggerFactory.getLogger(InHand.class);

  /** So many tasks at once that slow hosts do not idle, so few that they fit into memory. */
  private static final int LIMIT = 512;

  private static final long COMMIT_INTERVAL = Duration.ofMillis(200).toNanos();
  private static final long SPARE = Duration.ofSeconds(15).toNanos();
  private static final Duration HAND_OVER = Duration.ofSeconds(5);
  private static final Duration FINISH = Duration.ofSeconds(10);
  private static final Duration COMMIT = Duration.ofSeconds(3);

  private final Consumer<String, byte[]> consumer;
  private final Lanes lanes;
  private final WorkReader reader;
  private final TaskHandler handler;
  private final Map<TopicPartition, Offsets> partitions = new HashMap<>();
  private final long begun = System.nanoTime();
  private long lastCommit = begun;
  private volatile boolean joined;

  InHand(Consumer<String, byte[]> consumer, Lanes lanes, WorkReader reader, TaskHandler handler) {
    this.consumer = consumer;
    this.lanes = lanes;
    this.reader = reader;
    this.handler = handler;
  }

  boolean joined() {
    return joined;
  }

  /** Begins the work that came with one poll. */
  void take(ConsumerRecords<String, byte[]> records) {
    records.forEach(this::take);
    joined = joined || hasJoined();
    holdBack();
    if (System.nanoTime() - lastCommit > COMMIT_INTERVAL) {
      lastCommit = System.nanoTime();
      commitWhatIsDone();
    }
  }

  // A member may find every partition held by others, the dead included; those lose theirs soon.
  private boolean hasJoined() {
    if (consumer.groupMetadata().generationId() <= 0) {
      return false;
    }
    return !consumer.assignment().isEmpty() || System.nanoTime() - begun > SPARE;
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    var offset = record.offset();
    var offsets =
        partitions.computeIfAbsent(
            new TopicPartition(record.topic(), record.partition()), _ -> new Offsets(offset));
    offsets.take(offset);
    reader
        .read(record)
        .ifPresentOrElse(
            work -> lanes.submit(work.instanceId(), () -> work(work, offsets, offset)),
            () -> offsets.skip(offset));
  }

  private void work(Work work, Offsets offsets, long offset) {
    if (!offsets.begin()) {
      return;
    }
    try {
      handler.handle(work);
      offsets.finish(offset);
    } catch (InterruptedException e) {
      offsets.giveUp();
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error(
          "a task could not be handled and is skipped, {} instance_id={} request_id={}",
          work instanceof Asked ? "its operation will expire" : "delete the instance",
          work.instanceId(),
          work.requestId(),
          e);
      offsets.finish(offset);
    }
  }

  private void holdBack() {
    if (lanes.waiting() >= LIMIT) {
      consumer.pause(consumer.assignment());
    } else if (lanes.waiting() < LIMIT / 2 && !consumer.paused().isEmpty()) {
      consumer.resume(consumer.paused());
    }
  }

  private void commitWhatIsDone() {
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

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
    log.debug("assigned partitions={}", assigned);
  }

  /** What has begun is finished here; the rest is left to whoever has the partitions next. */
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
    handOver(revoked, HAND_OVER);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> lost) {
    for (var partition : lost) {
      var offsets = partitions.remove(partition);
      if (offsets != null) {
        offsets.withdraw();
      }
    }
  }

  /** Ends everything before the member leaves its group. */
  void finish() {
    handOver(List.copyOf(partitions.keySet()), FINISH);
  }

  private void handOver(Collection<TopicPartition> leaving, Duration patience) {
    var deadline = System.nanoTime() + patience.toNanos();
    var theirs =
        leaving.stream().flatMap(p -> Optional.ofNullable(partitions.get(p)).stream()).toList();
    theirs.forEach(Offsets::withdraw);
    try {
      for (var offsets : theirs) {
        offsets.awaitIdle(deadline);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var done = done(leaving::contains);
    leaving.forEach(partitions::remove);
    commit(done);
  }

  private void commit(Map<TopicPartition, OffsetAndMetadata> done) {
    if (done.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(done, COMMIT);
    } catch (KafkaException e) {
      log.warn("offsets not committed on leaving, some tasks are looked at again", e);
    }
  }
}
