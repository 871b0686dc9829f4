package dev.muster.query.projection;

import dev.muster.events.codec.EventCodec;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.progress.ProjectionProgress;
import dev.muster.kafka.projection.CommittedOffset;
import dev.muster.kafka.projection.PartitionRecords;
import dev.muster.kafka.projection.Position;
import dev.muster.kafka.projection.ProjectedBatch;
import dev.muster.kafka.projection.Projection;
import dev.muster.query.projection.EventWork.Folded;
import dev.muster.query.store.Indexes;
import dev.muster.query.store.ReplicaSet;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** The events of instances, folded into histories, operations and instances. */
@Component
final class EventProjection implements Projection {

  /** Who shares the partitions, and whose dead letters these are. */
  static final String GROUP = "query-projection";

  private final MongoOperations mongo;
  private final ReplicaSet replicaSet;
  private final Indexes indexes;
  private final ProjectionSinks to;
  private final Retries retries;
  private final DeadLetterRetrier retrier;
  private final Map<Integer, CommittedOffset> marks = new HashMap<>();
  private final EventCodec codec = new EventCodec();

  EventProjection(
      MongoOperations mongo,
      ReplicaSet replicaSet,
      Indexes indexes,
      ProjectionSinks to,
      Retries retries,
      DeadLetterRetrier retrier) {
    this.mongo = mongo;
    this.replicaSet = replicaSet;
    this.indexes = indexes;
    this.to = to;
    this.retries = retries;
    this.retrier = retrier;
  }

  @Override
  public ProjectedBatch prepare(List<PartitionRecords> parts) {
    var messages = new HashMap<PartitionRecords, List<TopicMessage>>();
    var fills = new HashMap<String, String>();
    for (var part : parts) {
      var read = part.records().stream().map(record -> TopicMessage.read(record, codec)).toList();
      messages.put(part, read);
      for (var message : read) {
        if (message instanceof TopicMessage.Known known) {
          fills.put(known.recorded().subject(), part.position().fill());
        }
      }
    }
    return fold(messages, to.instances().of(fills));
  }

  @Override
  public void claiming() {
    replicaSet.check();
    indexes.ensure();
  }

  @Override
  public void claimed(Position position, CommittedOffset offset) {
    var partition = position.partition();
    marks.put(partition, offset);
    retries.doneBefore(partition, offset.note());
    to.instances().forget(partition);
    to.progress().publish(new ProjectionProgress(partition, position.newest(), Map.of()));
  }

  @Override
  public void released(int partition) {
    to.instances().forget(partition);
    to.progress().forget(partition);
  }

  @Override
  public Optional<ProjectedBatch> unasked(Collection<Position> held) {
    return retrier.next(held);
  }

  @Override
  public long note(int partition) {
    return retries.doneIn(partition);
  }

  /** Callers wait for these rows. */
  @Override
  public Duration gathers() {
    return Duration.ofMillis(10);
  }

  @Override
  public void polled() {
    to.progress().publishOwed();
  }

  private EventWork fold(
      Map<PartitionRecords, List<TopicMessage>> messages, Map<String, InstanceState> states) {
    var folds = new HashMap<Integer, Folded>();
    var faults = new HashMap<Integer, String>();
    messages.forEach(
        (part, read) -> {
          var partition = part.partition();
          var fold = new PartFold(states, this::hadUnreadable, part.position().newest());
          try {
            read.forEach(fold::take);
            folds.put(
                partition,
                new Folded(part, marks.getOrDefault(partition, CommittedOffset.NONE), fold));
          } catch (HistoryGapException e) {
            faults.put(partition, String.valueOf(e.getMessage()));
          }
        });
    return new EventWork(folds, faults, to);
  }

  private boolean hadUnreadable(String instanceId) {
    var query = Query.query(Criteria.where("instance_id").is(instanceId));
    return mongo.exists(query, UnreadableRow.class);
  }
}
