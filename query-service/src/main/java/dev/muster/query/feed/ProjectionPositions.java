package dev.muster.query.feed;

import com.mongodb.MongoException;
import dev.muster.kafka.projection.Position;
import dev.muster.kafka.projection.PositionLostException;
import dev.muster.kafka.projection.PositionStore;
import dev.muster.query.store.Upserts;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/** The positions of one topic in the read store. */
final class ProjectionPositions implements PositionStore {

  private static final Logger log = LoggerFactory.getLogger(ProjectionPositions.class);

  private final MongoOperations mongo;
  private final Upserts upserts;
  private final String collection;
  private final int format;
  private final String owner = UUID.randomUUID().toString();

  ProjectionPositions(MongoOperations mongo, Upserts upserts, Feed feed) {
    this.mongo = mongo;
    this.upserts = upserts;
    this.collection = feed.positions();
    this.format = feed.format();
  }

  @Override
  public Collection<Position> claim(Map<Integer, Long> ends) {
    var stored = find(ends.keySet());
    var claimed = new TreeMap<Integer, Position>();
    ends.forEach(
        (partition, end) -> {
          var position = stored.get(partition);
          claimed.put(
              partition,
              position == null || isPast(end, position) || isOfAnotherFormat(position)
                  ? Position.beginning(partition, newFill(), owner)
                  : position.ownedBy(owner));
        });
    upserts.replace(
        collection,
        claimed.values().stream().collect(Collectors.toMap(Position::partition, PositionRow::of)));
    return claimed.values();
  }

  @Override
  public Collection<Position> all() {
    return mongo.findAll(PositionRow.class, collection).stream()
        .map(PositionRow::position)
        .toList();
  }

  @Override
  public void requireHeld(Collection<Position> held) {
    var stored = find(held.stream().map(Position::partition).toList());
    for (var position : held) {
      var found = stored.get(position.partition());
      if (found == null || !found.owner().equals(owner) || found.next() != position.next()) {
        throw lost();
      }
    }
  }

  @Override
  public void advance(Map<Position, Position> steps) {
    var bulk = mongo.bulkOps(BulkMode.UNORDERED, collection);
    steps.forEach(
        (held, reached) ->
            bulk.updateOne(
                Query.query(
                    Criteria.where("_id")
                        .is(held.partition())
                        .and("owner")
                        .is(owner)
                        .and("next")
                        .is(held.next())),
                new Update().set("next", reached.next()).set("newest", reached.newest())));
    if (bulk.execute().getMatchedCount() < steps.size()) {
      throw lost();
    }
  }

  @Override
  public boolean isRefusal(RuntimeException failure) {
    return failure instanceof DataAccessException || failure instanceof MongoException;
  }

  @Override
  public String whatToCheck() {
    return "check that MongoDB at muster.mongodb.uri is up";
  }

  private Map<Integer, Position> find(Collection<Integer> partitions) {
    var query = Query.query(Criteria.where("_id").in(partitions));
    return mongo.find(query, PositionRow.class, collection).stream()
        .map(PositionRow::position)
        .collect(Collectors.toMap(Position::partition, Function.identity()));
  }

  private boolean isPast(long end, Position position) {
    if (position.next() <= end) {
      return false;
    }
    log.error(
        "position is past the end of the topic; reading it again from its beginning."
            + " Was the topic made anew? collection={} partition={} next={} end={}",
        collection,
        position.partition(),
        position.next(),
        end);
    return true;
  }

  private String newFill() {
    return format + "-" + UUID.randomUUID();
  }

  private boolean isOfAnotherFormat(Position position) {
    return !position.fill().startsWith(format + "-");
  }

  private PositionLostException lost() {
    return new PositionLostException("positions in %s are not this feed's".formatted(collection));
  }
}
