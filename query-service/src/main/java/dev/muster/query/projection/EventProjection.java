package dev.muster.query.projection;

import dev.muster.events.codec.EventCodec;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.progress.ProjectionProgress;
import dev.muster.query.feed.Part;
import dev.muster.query.feed.Position;
import dev.muster.query.feed.Projection;
import dev.muster.query.feed.Work;
import dev.muster.query.store.Indexes;
import dev.muster.query.store.Upserts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** The events of instances, folded into histories, operations and instances. */
@Component
final class EventProjection implements Projection {

  private final MongoOperations mongo;
  private final Upserts upserts;
  private final Indexes indexes;
  private final FoldedInstances instances;
  private final ProgressPublisher progress;
  private final EventCodec codec = new EventCodec();

  EventProjection(
      MongoOperations mongo,
      Upserts upserts,
      Indexes indexes,
      FoldedInstances instances,
      ProgressPublisher progress) {
    this.mongo = mongo;
    this.upserts = upserts;
    this.indexes = indexes;
    this.instances = instances;
    this.progress = progress;
  }

  @Override
  public Work prepare(List<Part> parts) {
    var messages = new HashMap<Part, List<Message>>();
    var fills = new HashMap<String, String>();
    for (var part : parts) {
      var read = part.records().stream().map(record -> Message.read(record, codec)).toList();
      messages.put(part, read);
      for (var message : read) {
        if (message instanceof Message.Known known) {
          fills.put(known.recorded().instanceId(), part.position().fill());
        }
      }
    }
    return fold(messages, instances.of(fills));
  }

  @Override
  public void claiming() {
    indexes.ensure();
  }

  @Override
  public void claimed(Position position) {
    instances.forget(position.partition());
    progress.publish(new ProjectionProgress(position.partition(), position.newest(), Map.of()));
  }

  @Override
  public void released(int partition) {
    instances.forget(partition);
    progress.forget(partition);
  }

  @Override
  public void polled() {
    progress.publishOwed();
  }

  private EventWork fold(Map<Part, List<Message>> messages, Map<String, InstanceState> states) {
    var folds = new HashMap<Integer, PartFold>();
    var faults = new HashMap<Integer, String>();
    var fills = new HashMap<Integer, String>();
    messages.forEach(
        (part, read) -> {
          fills.put(part.partition(), part.position().fill());
          var fold = new PartFold(states, this::hadUnreadable, part.position().newest());
          try {
            read.forEach(fold::take);
            folds.put(part.partition(), fold);
          } catch (HistoryGapException e) {
            faults.put(part.partition(), String.valueOf(e.getMessage()));
          }
        });
    return new EventWork(folds, faults, fills, upserts, instances, progress);
  }

  private boolean hadUnreadable(String instanceId) {
    var query = Query.query(Criteria.where("instance_id").is(instanceId));
    return mongo.exists(query, UnreadableRow.class);
  }
}
