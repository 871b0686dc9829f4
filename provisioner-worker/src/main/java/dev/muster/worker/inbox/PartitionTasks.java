package dev.muster.worker.inbox;

import dev.muster.events.kafka.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one member of the group has taken up. For the polling thread; only the work itself runs on
 * others, and they may ask how much there is.
 */
final class PartitionTasks implements ConsumerRebalanceListener {

  private static final Logger log = LoggerFactory.getLogger(PartitionTasks.class);

  /** So many tasks that none of those who work idle, so few that they fit into memory. */
  private static final int LIMIT = 512;

  private static final long STOCK_INTERVAL = Duration.ofMillis(500).toNanos();
  private static final long SPARE = Duration.ofSeconds(15).toNanos();
  private static final Duration HAND_OVER = Duration.ofSeconds(5);

  private final Consumer<String, byte[]> consumer;
  private final KeyedExecutor executor;
  private final RegionTaskReader reader;
  private final DeliveryHandler handler;
  private final OffsetTracker positions;
  private final long begun = System.nanoTime();
  private long lastStock = begun;
  private volatile boolean joined;
  private volatile Map<Integer, PartitionProgress> progress = Map.of();

  PartitionTasks(
      Consumer<String, byte[]> consumer,
      KeyedExecutor executor,
      RegionTaskReader reader,
      DeliveryHandler handler) {
    this.consumer = consumer;
    this.executor = executor;
    this.reader = reader;
    this.handler = handler;
    this.positions = new OffsetTracker(consumer);
  }

  boolean joined() {
    return joined;
  }

  /** How it stood a moment ago in each partition of the events that it holds. */
  Map<Integer, PartitionProgress> progress() {
    return progress;
  }

  /** Tasks that have not ended yet. */
  int tasks() {
    return executor.waiting();
  }

  /** Whether there is nothing to do before the next record comes. */
  boolean isAtRest() {
    return joined && executor.waiting() == 0 && consumer.paused().isEmpty();
  }

  /** Begins the work that came with one poll. */
  void take(ConsumerRecords<String, byte[]> records) {
    records.forEach(this::take);
    positions.pass(records.nextOffsets());
    joined = joined || hasJoined();
    holdBack();
    positions.commitNowAndThen();
    if (System.nanoTime() - lastStock > STOCK_INTERVAL) {
      lastStock = System.nanoTime();
      takeStock();
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
    var offsets = positions.of(record);
    offsets.take(offset, record.timestamp());
    reader
        .read(record)
        .ifPresentOrElse(
            delivery -> {
              if (executor.isBusy(delivery.key())) {
                handler.announce(delivery);
              }
              executor.submit(delivery.key(), () -> work(delivery, offsets, offset));
            },
            () -> offsets.skip(offset));
  }

  private void work(Delivery delivery, Offsets offsets, long offset) {
    if (!offsets.begin()) {
      return;
    }
    try {
      handler.handle(delivery);
      offsets.finish(offset);
    } catch (InterruptedException e) {
      offsets.giveUp();
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      log.error(
          "a record could neither be handled nor put aside and is skipped instance_id={} topic={}"
              + " partition={} offset={}",
          delivery.record().key(),
          delivery.record().topic(),
          delivery.record().partition(),
          delivery.record().offset(),
          e);
      offsets.finish(offset);
    }
  }

  private void holdBack() {
    if (executor.waiting() >= LIMIT) {
      consumer.pause(consumer.assignment());
    } else if (executor.waiting() < LIMIT / 2 && !consumer.paused().isEmpty()) {
      consumer.resume(consumer.paused());
    }
  }

  private void takeStock() {
    var found = new HashMap<Integer, PartitionProgress>();
    for (var partition : Set.copyOf(consumer.assignment())) {
      if (partition.topic().equals(Topics.INSTANCE_EVENTS)) {
        positions.progress(partition).ifPresent(known -> found.put(partition.partition(), known));
      }
    }
    progress = Map.copyOf(found);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
    log.debug("assigned partitions={}", assigned);
  }

  /** What has begun is finished here; the rest is left to whoever has the partitions next. */
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
    var deadline = System.nanoTime() + HAND_OVER.toNanos();
    positions.handOver(revoked, () -> deadline);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> lost) {
    positions.lose(lost);
  }

  /**
   * Ends everything before the member leaves its group.
   *
   * @param deadlineNanos until when it waits; may change meanwhile
   */
  void finish(LongSupplier deadlineNanos) {
    positions.handOverAll(deadlineNanos);
  }
}
