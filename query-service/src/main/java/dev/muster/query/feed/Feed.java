package dev.muster.query.feed;

import org.springframework.data.mongodb.core.MongoOperations;

/**
 * Names of a feed.
 *
 * @param topic what it reads
 * @param group which feeds share the partitions
 * @param part what operators call it
 * @param positions collection of its positions
 * @param format of the rows it writes; another number, and the store is filled again
 */
public record Feed(String topic, String group, String part, String positions, int format) {

  /** The offset in that partition before which everything is in the read store. */
  public long next(MongoOperations mongo, int partition) {
    var row = mongo.findById(partition, PositionRow.class, positions);
    return row == null ? 0 : row.next();
  }
}
