package dev.muster.kafka.projection;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One membership in the group. A partition is claimed in the store before it is read; whatever goes
 * wrong, it stands back for a while, is claimed again, and goes on from the position the store has.
 */
final class FeedSession implements ConsumerRebalanceListener {

  private static final Logger log = LoggerFactory.getLogger(FeedSession.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration POLL_AT_REST = Duration.ofSeconds(2);
  private static final Duration SHORT_POLL = Duration.ofMillis(50);

  /** As many records are a batch that is worth its cost. */
  private static final int FEW = 100;

  private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

  /** Of a poll that only moved the positions. */
  private static final ProjectedBatch NOTHING =
      new ProjectedBatch() {
        @Override
        public Map<Integer, Long> newest() {
          return Map.of();
        }

        @Override
        public void write() {}
      };

  private final String topic;
  private final Consumer<String, byte[]> consumer;
  private final TopicEnds ends;
  private final PositionStore positions;
  private final Projection projection;
  private final FeedProgress watch;
  private final EndOffsetPoller endOffsets;
  private final CommittedOffsets offsets;
  private final PartitionAssignments assignments = new PartitionAssignments();
  private final long gathers;
  private long lookAtNanos = System.nanoTime();
  private Polled polled = new Polled(0, System.nanoTime());

  private record Polled(int records, long nanos) {}

  FeedSession(
      String topic,
      Consumer<String, byte[]> consumer,
      TopicEnds ends,
      PositionStore positions,
      Projection projection,
      FeedProgress watch) {
    this.topic = topic;
    this.consumer = consumer;
    this.ends = ends;
    this.positions = positions;
    this.projection = projection;
    this.watch = watch;
    this.endOffsets = new EndOffsetPoller(positions, ends, watch);
    this.offsets = new CommittedOffsets(topic, consumer);
    this.gathers = projection.gathers().toNanos();
  }

  void run(BooleanSupplier running) {
    watch.initialLoad().begins(ends.all());
    watch.lag().releaseAll();
    consumer.subscribe(List.of(topic), this);
    while (running.getAsBoolean()) {
      claimDue();
      endOffsets.look(isAtRest());
      gather();
      var records = consumer.poll(patience());
      polled = new Polled(records.count(), System.nanoTime());
      if (!records.nextOffsets().isEmpty()) {
        unlessRefused(() -> project(new Batch(records, assignments)));
      }
      unlessRefused(this::doUnasked);
      lookAtStore();
      projection.polled();
      offsets.commitSometimes();
    }
  }

  private void gather() {
    if (polled.records() > 0 && polled.records() < FEW) {
      LockSupport.parkNanos(polled.nanos() + gathers - System.nanoTime());
    }
  }

  // What nobody writes to tells nobody that it was killed and came back older.
  private void lookAtStore() {
    if (isAtRest() && System.nanoTime() - lookAtNanos >= 0) {
      lookAtNanos = System.nanoTime() + LOOK_EVERY_NANOS;
      unlessRefused(() -> positions.requireHeld(assignments.positions()));
    }
  }

  private Duration patience() {
    if (hasMoreToDo()) {
      return SHORT_POLL;
    }
    return isAtRest() ? POLL_AT_REST : POLL;
  }

  private boolean hasMoreToDo() {
    return assignments.waits() || watch.initialLoad().isWaiting();
  }

  private boolean isAtRest() {
    return !hasMoreToDo() && offsets.isCommitted();
  }

  private void claimDue() {
    var due = assignments.due();
    if (due.isEmpty()) {
      return;
    }
    try {
      projection.claiming();
      claim(due);
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      var wait = assignments.failed(due);
      log.warn("broker does not tell where topic={} ends; retry_in_ms={}", topic, wait.toMillis());
    } catch (RuntimeException e) {
      storeFailed(due, e);
    }
  }

  private void claim(Collection<Integer> due) {
    var now = ends.of(due);
    offsets.load(now);
    for (var position : positions.claim(now)) {
      var partition = position.partition();
      long end = now.getOrDefault(partition, 0L);
      projection.claimed(position, offsets.of(partition));
      consumer.seek(new TopicPartition(topic, partition), position.next());
      assignments.claimed(position);
      watch.initialLoad().claimed(position, end);
      watch.lag().claimed(partition, position.next(), end);
    }
    consumer.resume(ends.named(due));
  }

  private void project(Batch batch) {
    var parts = batch.parts();
    var work = parts.isEmpty() ? NOTHING : projection.prepare(parts);
    work.faults().forEach(this::faulty);
    var reached = batch.reached(work.newest());
    write(work, reached);
    var newestMillis = batch.newestMillis();
    for (var position : reached) {
      var partition = position.partition();
      watch.lag().read(partition, position.next(), newestMillis.getOrDefault(partition, 0L));
    }
    watch.meters().projected(batch.records().count());
  }

  private void doUnasked() {
    var held = assignments.positions();
    var unasked = projection.unasked(held);
    if (unasked.isPresent()) {
      var concerned = unasked.get().newest().keySet();
      write(
          unasked.get(),
          held.stream().filter(position -> concerned.contains(position.partition())).toList());
    }
  }

  private void write(ProjectedBatch work, List<Position> reached) {
    if (reached.isEmpty()) {
      return;
    }
    var steps = assignments.steps(reached);
    positions.requireHeld(steps.keySet());
    work.write();
    positions.advance(steps);
    assignments.written(reached);
    work.written(reached);
    watch.initialLoad().reached(reached);
    for (var position : reached) {
      var partition = position.partition();
      offsets.reached(partition, new CommittedOffset(position.next(), projection.note(partition)));
    }
  }

  private void unlessRefused(Runnable writing) {
    try {
      writing.run();
    } catch (PositionLostException e) {
      log.warn("partitions were taken over, or the store came back without them topic={}", topic);
      standBack(assignments.all());
    } catch (KafkaException e) {
      var wait = standBack(assignments.all());
      log.warn(
          "broker does not take what the projection has to tell; nothing is lost."
              + " topic={} retry_in_ms={} error=\"{}\"",
          topic,
          wait.toMillis(),
          e.getMessage());
    } catch (RuntimeException e) {
      storeFailed(assignments.all(), e);
    }
  }

  private void faulty(int partition, String why) {
    pause(List.of(partition));
    var wait = assignments.faulty(partition);
    log.error(
        "partition stands still until its history is whole; the topic must hold every event."
            + " topic={} partition={} retry_in_ms={} why=\"{}\"",
        topic,
        partition,
        wait.toMillis(),
        why);
  }

  private void storeFailed(Collection<Integer> partitions, RuntimeException e) {
    if (!positions.isRefusal(e)) {
      throw e;
    }
    watch.initialLoad().storeAway();
    var wait = standBack(partitions);
    log.warn(
        "read store refused; {}, nothing is lost. topic={} retry_in_ms={} error=\"{}\"",
        positions.whatToCheck(),
        topic,
        wait.toMillis(),
        e.getMessage());
  }

  private Duration standBack(Collection<Integer> partitions) {
    pause(partitions);
    return assignments.failed(partitions);
  }

  private void pause(Collection<Integer> partitions) {
    consumer.pause(ends.named(partitions));
    partitions.forEach(projection::released);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
    consumer.pause(assigned);
    assignments.assigned(numbers(assigned));
    if (!assigned.isEmpty()) {
      log.info("partitions assigned topic={} count={}", topic, assigned.size());
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
    offsets.release(numbers(revoked));
    onPartitionsLost(revoked);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> lost) {
    var partitions = numbers(lost);
    offsets.forget(partitions);
    watch.lag().released(partitions);
    for (var partition : partitions) {
      assignments.released(partition);
      projection.released(partition);
    }
  }

  private static List<Integer> numbers(Collection<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::partition).toList();
  }
}
