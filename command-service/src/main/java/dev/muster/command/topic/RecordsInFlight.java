package dev.muster.command.topic;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Records that were taken and are being handled: those of one key one after the other, in order;
 * those of different keys side by side, so that none waits behind another's trouble.
 */
final class RecordsInFlight implements AutoCloseable {

  interface Handler {

    /** Returns when the record need not come again. */
    void handle(ConsumerRecord<String, byte[]> record) throws InterruptedException;
  }

  private record Task(ConsumerRecord<String, byte[]> record, PartitionInFlight partition) {}

  private final Handler handler;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<TopicPartition, PartitionInFlight> partitions = new HashMap<>();

  /** What waits behind the record of the same key that is being handled now. */
  private final Map<String, Queue<Task>> waiting = new HashMap<>();

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private int size;

  RecordsInFlight(Handler handler) {
    this.handler = handler;
  }

  synchronized int size() {
    return size;
  }

  /** Returns when nothing is being handled any more, or the time is over. */
  synchronized void awaitEmpty(Duration atMost) throws InterruptedException {
    var until = System.nanoTime() + atMost.toNanos();
    var left = atMost.toMillis();
    while (size > 0 && left > 0) {
      wait(left);
      left = Duration.ofNanos(until - System.nanoTime()).toMillis();
    }
  }

  /**
   * @throws IllegalStateException when a handler has thrown something: its record must come again
   */
  void throwFailure() {
    var thrown = failure.get();
    if (thrown != null) {
      throw new IllegalStateException("a record could not be handled", thrown);
    }
  }

  synchronized void add(ConsumerRecord<String, byte[]> record) {
    var place = new TopicPartition(record.topic(), record.partition());
    var partition = partitions.computeIfAbsent(place, _ -> new PartitionInFlight());
    partition.take(record.offset());
    size++;
    var task = new Task(record, partition);
    var key = String.valueOf(record.key());
    var busy = waiting.get(key);
    if (busy == null) {
      waiting.put(key, new ArrayDeque<>());
      threads.execute(() -> handleAll(key, task));
    } else {
      busy.add(task);
    }
  }

  /** Goes on behind what was left out: after all that was taken, these come next. */
  synchronized void pass(Map<TopicPartition, OffsetAndMetadata> next) {
    next.forEach(
        (place, offset) ->
            partitions.computeIfAbsent(place, _ -> new PartitionInFlight()).pass(offset.offset()));
  }

  /** How far each partition is handled, where that is news. */
  synchronized Map<TopicPartition, OffsetAndMetadata> toCommit() {
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    partitions.forEach(
        (place, partition) -> {
          if (partition.isToCommit()) {
            offsets.put(place, new OffsetAndMetadata(partition.handled()));
          }
        });
    return offsets;
  }

  synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (place, offset) -> {
          var partition = partitions.get(place);
          if (partition != null) {
            partition.commit(offset.offset());
          }
        });
  }

  /** These partitions are another member's now: what is not begun of them is dropped. */
  synchronized void give(Collection<TopicPartition> places) {
    for (var place : places) {
      var partition = partitions.remove(place);
      if (partition != null) {
        partition.give();
      }
    }
  }

  /** What is not handled yet is interrupted, and comes again. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void handleAll(String key, Task first) {
    @Nullable Task task = first;
    while (task != null) {
      handle(task);
      task = next(key);
    }
  }

  private void handle(Task task) {
    if (task.partition().isGiven() || Thread.currentThread().isInterrupted()) {
      return;
    }
    try {
      handler.handle(task.record());
      task.partition().finish(task.record().offset());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  private synchronized @Nullable Task next(String key) {
    size--;
    notifyAll();
    var task = waiting.getOrDefault(key, new ArrayDeque<>()).poll();
    if (task == null) {
      waiting.remove(key);
    }
    return task;
  }
}
