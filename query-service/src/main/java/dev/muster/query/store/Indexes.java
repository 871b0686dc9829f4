package dev.muster.query.store;

import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Component;

/**
 * The indexes of the read store. Histories, operations and health are looked up by id alone, but
 * for the time of a position; lists of instances go newest first, which is by id downwards.
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
    for (var field : new String[] {"status", "region", "name"}) {
      instances.createIndex(new Index(field, Direction.ASC).on("_id", Direction.DESC));
    }
    mongo.indexOps("history").createIndex(new Index("position", Direction.ASC));
    mongo.indexOps("unreadable_records").createIndex(new Index("instance_id", Direction.ASC));
  }
}
