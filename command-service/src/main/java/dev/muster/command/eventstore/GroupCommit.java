package dev.muster.command.eventstore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;

/**
 * The one writer of a replica. Everything that waits when it is free goes into the store in one
 * statement; callers wait until their part is durable.
 */
final class GroupCommit implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

  /** More would only wait longer: callers are told to come back instead. */
  private static final int WAITING_AT_MOST = 4_096;

  private static final int BYTES_WAITING_AT_MOST = 32 << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(3);

  /** Wakes the writer when it is to end. */
  private static final Append NOTHING = new Append(List.of());

  private final EventInsert insert;
  private final IntConsumer batchSizes;
  private final BlockingQueue<Append> waiting = new ArrayBlockingQueue<>(WAITING_AT_MOST);
  private final Semaphore room = new Semaphore(BYTES_WAITING_AT_MOST);
  private final Thread writer;
  private volatile boolean closing;

  /**
   * @param batchSizes is told how many events each statement had
   */
  GroupCommit(EventInsert insert, IntConsumer batchSizes) {
    this.insert = insert;
    this.batchSizes = batchSizes;
    this.writer = Thread.ofPlatform().name("event-writer").daemon(false).start(this::writeAll);
  }

  /**
   * Returns when the events are durable.
   *
   * @throws ConcurrencyException when a sequence of the instance is taken: somebody was faster
   * @throws EventStoreUnavailableException when the store is away, too slow, or closing
   */
  void append(List<NewEvent> events) {
    var append = new Append(events);
    try {
      enqueue(append);
      append.durable().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      var late = new EventStoreUnavailableException("the event store takes too long", e);
      append.durable().completeExceptionally(late);
      throw late;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EventStoreUnavailableException("interrupted while the events were written", e);
    } catch (ExecutionException e) {
      throw failure(append, Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  private void enqueue(Append append) {
    if (closing || !room.tryAcquire(append.weight())) {
      throw new EventStoreUnavailableException("too many appends wait for the event store");
    }
    if (!waiting.offer(append)) {
      room.release(append.weight());
      throw new EventStoreUnavailableException("too many appends wait for the event store");
    }
    if (closing && waiting.remove(append)) {
      throw new EventStoreUnavailableException("the event store is closing");
    }
  }

  /** Writes what waits, and takes nothing more. */
  @Override
  public void close() throws InterruptedException {
    closing = true;
    // Where there is no room, the writer is awake.
    var unused = waiting.offer(NOTHING);
    writer.join(LAST_PATIENCE);
    for (var append : drained()) {
      append
          .durable()
          .completeExceptionally(new EventStoreUnavailableException("the event store is closed"));
    }
  }

  private void writeAll() {
    while (!closing || !waiting.isEmpty()) {
      var batch = nextBatch();
      if (!batch.isEmpty()) {
        write(batch);
      }
    }
  }

  private List<Append> nextBatch() {
    var batch = new ArrayList<Append>();
    try {
      @Nullable Append append = waiting.take();
      var events = 0;
      var bytes = 0;
      while (append != null) {
        room.release(append.weight());
        if (!append.events().isEmpty() && !append.abandoned()) {
          batch.add(append);
          events += append.events().size();
          bytes += append.weight();
        }
        var isFull = events >= EventInsert.EVENTS_AT_MOST || bytes >= EventInsert.BYTES_AT_MOST;
        append = isFull ? null : waiting.poll();
      }
    } catch (InterruptedException e) {
      log.info("writer_interrupted: closing after what waits is written");
      closing = true;
    }
    return batch;
  }

  // A taken sequence fails the whole statement; halving finds whose it is in a few steps, and
  // everybody else is written all the same.
  private void write(List<Append> batch) {
    try {
      var events = batch.stream().flatMap(append -> append.events().stream()).toList();
      insert.insert(events);
      batchSizes.accept(events.size());
      batch.forEach(append -> append.durable().complete(null));
    } catch (DuplicateKeyException e) {
      if (batch.size() > 1) {
        write(batch.subList(0, batch.size() / 2));
        write(batch.subList(batch.size() / 2, batch.size()));
      } else {
        fail(batch, e);
      }
    } catch (RuntimeException | Error e) {
      log.warn(
          "append_failed appends={}: PostgreSQL did not take them; the callers are told to retry",
          batch.size(),
          e);
      fail(batch, e);
    }
  }

  private static void fail(List<Append> batch, Throwable cause) {
    batch.forEach(append -> append.durable().completeExceptionally(cause));
  }

  private List<Append> drained() {
    var rest = new ArrayList<Append>();
    waiting.drainTo(rest);
    return rest;
  }

  private static RuntimeException failure(Append append, Throwable cause) {
    return switch (cause) {
      case DuplicateKeyException e ->
          new ConcurrencyException(
              "sequence %d of %s is taken"
                  .formatted(
                      append.events().getFirst().sequence(),
                      append.events().getFirst().instanceId()),
              e);
      case DataAccessException e when RecordedEvents.isOutage(e) ->
          new EventStoreUnavailableException("the event store cannot be reached", e);
      case EventStoreUnavailableException e -> e;
      case Throwable e -> new IllegalStateException("the event store refused the events", e);
    };
  }
}
