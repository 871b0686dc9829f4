package dev.muster.query.feed;

import com.mongodb.MongoException;
import dev.muster.query.store.Indexes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * One membership in the group. A partition is claimed in the store before it is read; whatever goes
 * wrong, it stands back for a while, is claimed again, and goes on from the position the store has.
 */
final class FeedSession implements ConsumerRebalanceListener {

  private static final Logger LOG = LoggerFactory.getLogger(FeedSession.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration POLL_WHILE_WAITING = Duration.ofMillis(50);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

  private final String topic;
  private final Consumer<String, byte[]> consumer;
  private final Positions positions;
  private final Indexes indexes;
  private final Projection projection;
  private final CatchUp catchUp;
  private final Standing standing = new Standing();
  private final Backoff storeBackoff = new Backoff(Duration.ofSeconds(5));
  private final Map<Integer, Backoff> faultBackoffs = new HashMap<>();

  FeedSession(
      String topic,
      Consumer<String, byte[]> consumer,
      Positions positions,
      Indexes indexes,
      Projection projection,
      CatchUp catchUp) {
    this.topic = topic;
    this.consumer = consumer;
    this.positions = positions;
    this.indexes = indexes;
    this.projection = projection;
    this.catchUp = catchUp;
  }

  void run(BooleanSupplier running) {
    consumer.subscribe(List.of(topic), this);
    while (running.getAsBoolean()) {
      claimDue();
      var records = consumer.poll(standing.waits() ? POLL_WHILE_WAITING : POLL);
      if (!records.isEmpty()) {
        project(records);
      }
      projection.polled();
    }
  }

  private void claimDue() {
    var due = standing.due();
    if (due.isEmpty()) {
      return;
    }
    try {
      indexes.ensure();
      claim(due);
    } catch (DataAccessException | MongoException e) {
      storeFailed(due, e);
    } catch (TimeoutException e) {
      LOG.warn("broker does not tell the ends of topic={}; trying again", topic, e);
      standing.claimAfter(storeBackoff.next(), due);
    }
  }

  private void claim(Collection<Integer> due) {
    var ends = ends(due);
    for (var position : positions.claim(ends)) {
      var partition = position.partition();
      projection.claimed(position);
      consumer.seek(new TopicPartition(topic, partition), position.next());
      standing.claimed(position);
      catchUp.begins(position, ends.getOrDefault(partition, 0L));
    }
    consumer.resume(of(due));
  }

  private Map<Integer, Long> ends(Collection<Integer> partitions) {
    return consumer.endOffsets(of(partitions), ENDS_WITHIN).entrySet().stream()
        .collect(Collectors.toMap(end -> end.getKey().partition(), Map.Entry::getValue));
  }

  private void project(ConsumerRecords<String, byte[]> records) {
    try {
      var work = projection.prepare(parts(records));
      work.faults().forEach(this::fault);
      var reached = reached(records, work.newest());
      if (!reached.isEmpty()) {
        positions.requireOwned(reached);
        work.write();
        positions.advance(reached);
        written(work, reached);
      }
    } catch (DataAccessException | MongoException | PositionLostException e) {
      storeFailed(standing.all(), e);
    }
  }

  private List<Part> parts(ConsumerRecords<String, byte[]> records) {
    var parts = new ArrayList<Part>();
    for (var partition : records.partitions()) {
      var position = standing.position(partition.partition());
      if (position != null) {
        List<ConsumerRecord<String, byte[]>> all = records.records(partition);
        parts.add(new Part(position, all));
      }
    }
    return parts;
  }

  private List<Position> reached(
      ConsumerRecords<String, byte[]> records, Map<Integer, Long> newest) {
    var reached = new ArrayList<Position>();
    records
        .nextOffsets()
        .forEach(
            (partition, next) -> {
              var position = standing.position(partition.partition());
              var newestRead = newest.get(partition.partition());
              if (position != null && newestRead != null) {
                reached.add(position.at(next.offset(), newestRead));
              }
            });
    return reached;
  }

  private void written(Work work, Collection<Position> reached) {
    standing.reached(reached);
    storeBackoff.reset();
    reached.forEach(position -> faultBackoffs.remove(position.partition()));
    work.written(reached);
    catchUp.reached(reached);
  }

  private void fault(int partition, String why) {
    var wait =
        faultBackoffs.computeIfAbsent(partition, _ -> new Backoff(Duration.ofSeconds(30))).next();
    LOG.error(
        "partition stands still until its history is whole; the topic must hold every event."
            + " topic={} partition={} retry_in_ms={} why=\"{}\"",
        topic,
        partition,
        wait.toMillis(),
        why);
    standBack(wait, List.of(partition));
  }

  private void storeFailed(Collection<Integer> partitions, RuntimeException e) {
    var wait = storeBackoff.next();
    LOG.warn(
        "read store refused; check that MongoDB at muster.mongodb.uri is up, nothing is lost."
            + " topic={} retry_in_ms={} error=\"{}\"",
        topic,
        wait.toMillis(),
        e.getMessage());
    catchUp.storeAway();
    standBack(wait, partitions);
  }

  private void standBack(Duration wait, Collection<Integer> partitions) {
    consumer.pause(of(partitions));
    partitions.forEach(projection::released);
    standing.claimAfter(wait, partitions);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
    consumer.pause(assigned);
    var partitions = assigned.stream().map(TopicPartition::partition).toList();
    standing.claimAfter(Duration.ZERO, partitions);
    catchUp.assigned(partitions);
    if (!partitions.isEmpty()) {
      LOG.info("partitions assigned topic={} count={}", topic, partitions.size());
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
    for (var partition : revoked) {
      standing.released(partition.partition());
      projection.released(partition.partition());
      catchUp.released(partition.partition());
    }
  }

  private List<TopicPartition> of(Collection<Integer> partitions) {
    return partitions.stream().map(partition -> new TopicPartition(topic, partition)).toList();
  }
}
