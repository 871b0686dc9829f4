package dev.muster.kafka.group;

import dev.muster.events.kafka.KafkaClients;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One membership in a group. Tasks of one key are done in order, those of different keys side by
 * side; an offset is committed when everything below it is done, so what a member leaves behind is
 * another's within seconds. For the polling thread; any may ask how it stands.
 */
public final class GroupMember implements ConsumerRebalanceListener {

  private static final Logger log = LoggerFactory.getLogger(GroupMember.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long STOCK_INTERVAL = Duration.ofMillis(500).toNanos();
  private static final long SPARE = Duration.ofSeconds(15).toNanos();

  private final GroupSettings settings;
  private final RecordTaskReader reader;
  private final Consumer<String, byte[]> consumer;
  private final KeyedExecutor executor;
  private final OffsetTracker positions;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final long begun = System.nanoTime();
  private long lastStock = begun;
  private volatile boolean joined;
  private volatile boolean isAsked;
  private volatile Map<TopicPartition, PartitionProgress> progress = Map.of();

  public GroupMember(KafkaClients kafka, GroupSettings settings, RecordTaskReader reader) {
    this.settings = settings;
    this.reader = reader;
    this.consumer = kafka.groupConsumer(settings.group(), settings.clientId());
    this.executor = new KeyedExecutor(settings.tasksAtOnce());
    this.positions = new OffsetTracker(consumer);
  }

  /**
   * Takes part for as long as that is wanted, then finishes what has begun and leaves the group. To
   * be called once.
   *
   * @param leaveBy when it leaves, whatever has not ended by then, by {@link System#nanoTime}; may
   *     change meanwhile
   * @throws KafkaException when the broker is lost
   * @throws IllegalStateException when a task has failed: its record must come again
   */
  public void run(BooleanSupplier isWanted, LongSupplier leaveBy) {
    try (executor;
        consumer) {
      try {
        consumer.subscribe(settings.topics(), this);
        takeAll(isWanted);
      } catch (WakeupException e) {
        log.debug("{} stops", settings.clientId());
      } finally {
        var told = !isWanted.getAsBoolean();
        var orLost = System.nanoTime() + settings.lastPatience().toNanos();
        positions.handOverAll(
            () -> told || !isWanted.getAsBoolean() ? leaveBy.getAsLong() : orLost);
      }
    }
  }

  /** Makes {@link #run} look at once whether it is still wanted. */
  public void wake() {
    consumer.wakeup();
  }

  /** Whether it is a member of its group and knows its partitions. */
  public boolean joined() {
    return joined;
  }

  /** How it stood a moment ago in each partition that it holds; none when first asked. */
  public Map<TopicPartition, PartitionProgress> progress() {
    isAsked = true;
    return progress;
  }

  /** Tasks that have not ended yet. */
  public int tasks() {
    return executor.waiting();
  }

  private void takeAll(BooleanSupplier isWanted) {
    while (isWanted.getAsBoolean()) {
      var records = consumer.poll(isAtRest() ? settings.pollAtRest() : POLL);
      // What came while it was told to leave is for whoever comes after it, and that is this one
      // when it is called back at once.
      if (!isWanted.getAsBoolean()) {
        return;
      }
      take(records);
      throwFailure();
    }
  }

  /** Whether there is nothing to do before the next record comes. */
  private boolean isAtRest() {
    return joined
        && failure.get() == null
        && executor.waiting() == 0
        && consumer.paused().isEmpty()
        && positions.isCommitted();
  }

  private void take(ConsumerRecords<String, byte[]> records) {
    records.forEach(this::take);
    positions.pass(records.nextOffsets());
    joined = joined || hasJoined();
    holdBack();
    positions.commitNowAndThen();
    if (isAsked && System.nanoTime() - lastStock > STOCK_INTERVAL) {
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
            task -> {
              if (executor.isBusy(task.key())) {
                task.waits();
              }
              executor.submit(task.key(), () -> work(task, offsets, offset));
            },
            () -> offsets.skip(offset));
  }

  private void work(RecordTask task, Offsets offsets, long offset) {
    if (!offsets.begin()) {
      return;
    }
    try {
      task.run();
      offsets.finish(offset);
    } catch (InterruptedException e) {
      offsets.giveUp();
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      offsets.giveUp();
    }
  }

  private void throwFailure() {
    var thrown = failure.get();
    if (thrown != null) {
      throw new IllegalStateException("a record could not be handled", thrown);
    }
  }

  private void holdBack() {
    if (executor.waiting() >= settings.tasksInHand()) {
      // Polling all the same keeps the partitions with us.
      consumer.pause(consumer.assignment());
    } else if (executor.waiting() < settings.tasksInHand() / 2 && !consumer.paused().isEmpty()) {
      consumer.resume(consumer.paused());
    }
  }

  private void takeStock() {
    var found = new HashMap<TopicPartition, PartitionProgress>();
    for (var partition : Set.copyOf(consumer.assignment())) {
      positions.progress(partition).ifPresent(known -> found.put(partition, known));
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
    var deadline = System.nanoTime() + settings.handOver().toNanos();
    positions.handOver(revoked, () -> deadline);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> lost) {
    positions.lose(lost);
  }
}
