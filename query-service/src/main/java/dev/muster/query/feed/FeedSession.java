package dev.muster.query.feed;

import com.mongodb.MongoException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
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
  private static final Duration SHORT_POLL = Duration.ofMillis(50);

  private final String topic;
  private final Consumer<String, byte[]> consumer;
  private final TopicEnds ends;
  private final Positions positions;
  private final Projection projection;
  private final CatchUp catchUp;
  private final Outlook outlook;
  private final Standing standing = new Standing();

  FeedSession(
      String topic,
      Consumer<String, byte[]> consumer,
      TopicEnds ends,
      Positions positions,
      Projection projection,
      CatchUp catchUp) {
    this.topic = topic;
    this.consumer = consumer;
    this.ends = ends;
    this.positions = positions;
    this.projection = projection;
    this.catchUp = catchUp;
    this.outlook = new Outlook(positions, ends, catchUp);
  }

  void run(BooleanSupplier running) {
    catchUp.begins(ends.all());
    consumer.subscribe(List.of(topic), this);
    while (running.getAsBoolean()) {
      claimDue();
      outlook.look();
      var records = consumer.poll(standing.waits() || catchUp.isBehind() ? SHORT_POLL : POLL);
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
      projection.claiming();
      claim(due);
    } catch (DataAccessException | MongoException e) {
      storeFailed(due, e);
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      var wait = standing.failed(due);
      LOG.warn("broker does not tell where topic={} ends; retry_in_ms={}", topic, wait.toMillis());
    }
  }

  private void claim(Collection<Integer> due) {
    var now = ends.of(due);
    for (var position : positions.claim(now)) {
      var partition = position.partition();
      projection.claimed(position);
      consumer.seek(new TopicPartition(topic, partition), position.next());
      standing.claimed(position);
      catchUp.claimed(position, now.getOrDefault(partition, 0L));
    }
    consumer.resume(ends.named(due));
  }

  private void project(ConsumerRecords<String, byte[]> records) {
    try {
      var work = projection.prepare(parts(records));
      work.faults().forEach(this::faulty);
      var reached = reached(records, work.newest());
      if (!reached.isEmpty()) {
        positions.requireOwned(reached);
        work.write();
        positions.advance(reached);
        standing.written(reached);
        work.written(reached);
        catchUp.reached(reached);
      }
    } catch (DataAccessException | MongoException e) {
      storeFailed(standing.all(), e);
    } catch (PositionLostException e) {
      LOG.warn("partitions were taken over, or the store came back without them topic={}", topic);
      standBack(standing.all());
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

  private void faulty(int partition, String why) {
    pause(List.of(partition));
    var wait = standing.faulty(partition);
    LOG.error(
        "partition stands still until its history is whole; the topic must hold every event."
            + " topic={} partition={} retry_in_ms={} why=\"{}\"",
        topic,
        partition,
        wait.toMillis(),
        why);
  }

  private void storeFailed(Collection<Integer> partitions, RuntimeException e) {
    catchUp.storeAway();
    var wait = standBack(partitions);
    LOG.warn(
        "read store refused; check that MongoDB at muster.mongodb.uri is up, nothing is lost."
            + " topic={} retry_in_ms={} error=\"{}\"",
        topic,
        wait.toMillis(),
        e.getMessage());
  }

  private Duration standBack(Collection<Integer> partitions) {
    pause(partitions);
    return standing.failed(partitions);
  }

  private void pause(Collection<Integer> partitions) {
    consumer.pause(ends.named(partitions));
    partitions.forEach(projection::released);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
    consumer.pause(assigned);
    standing.assigned(assigned.stream().map(TopicPartition::partition).toList());
    if (!assigned.isEmpty()) {
      LOG.info("partitions assigned topic={} count={}", topic, assigned.size());
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
    for (var partition : revoked) {
      standing.released(partition.partition());
      projection.released(partition.partition());
    }
  }
}
