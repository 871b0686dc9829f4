package dev.muster.query.store;

import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/**
 * The indexes of the read store. Histories, operations and health are looked up by id alone, but
 * for the time of a position. Lists of instances go newest first, which is by id downwards:
 * whatever is equal comes first in an index, the id last, so that a page is read in order and ends
 * when it is full. A status is one of a few, whose stretches are merged. Names that begin alike are
 * a range, and are put in order. Entries of the audit log are found by what they are searched for,
 * and come by id upwards.
 */
@Component
public final class Indexes {

  private final MongoOperations mongo;

  Indexes(MongoOperations mongo) {
    this.mongo = mongo;
  }

  /** Makes what is missing; cheap when nothing is. */
  public void ensure() {
    var instances = mongo.indexOps("instances");
    instances.createIndex(new Index("status", Direction.ASC).on("_id", Direction.DESC));
    instances.createIndex(
        new Index("region", Direction.ASC).on("status", Direction.ASC).on("_id", Direction.DESC));
    instances.createIndex(new Index("labels", Direction.ASC).on("_id", Direction.DESC));
    instances.createIndex(new Index("name", Direction.ASC).on("_id", Direction.DESC));
    mongo.indexOps("history").createIndex(new Index("position", Direction.ASC));
    var entries = mongo.indexOps("audit_entries");
    for (var field : List.of("subject", "actors", "type")) {
      entries.createIndex(new Index(field, Direction.ASC).on("_id", Direction.ASC));
    }
    entries.createIndex(new Index("occurred_at_micros", Direction.ASC));
    mongo.indexOps("unreadable_records").createIndex(new Index("instance_id", Direction.ASC));
  }
}
