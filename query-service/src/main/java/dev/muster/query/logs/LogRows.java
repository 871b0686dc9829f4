package dev.muster.query.logs;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/** The rows of an instance, each question one read by id. */
final class LogRows {

  private LogRows() {}

  static Optional<LogRow> newest(MongoOperations mongo, String instanceId) {
    return newest(mongo, instanceId, LogRow.after(instanceId), 1).stream().findFirst();
  }

  /**
   * Newest first.
   *
   * @param before id that all of them are smaller than
   */
  static List<LogRow> newest(MongoOperations mongo, String instanceId, String before, int count) {
    var query = within(LogRow.before(instanceId), before, Sort.Direction.DESC).limit(count);
    return mongo.find(query, LogRow.class);
  }

  /**
   * Oldest first.
   *
   * @param after id that all of them are greater than
   */
  static List<LogRow> oldest(MongoOperations mongo, String instanceId, String after, int count) {
    var query = within(after, LogRow.after(instanceId), Sort.Direction.ASC).limit(count);
    return mongo.find(query, LogRow.class);
  }

  /** The row with the line that ends at that offset, or the next one before it. */
  static Optional<String> idAt(MongoOperations mongo, String instanceId, long offset) {
    var query =
        within(LogRow.before(instanceId), LogRow.id(instanceId, offset + 1), Sort.Direction.DESC)
            .limit(1);
    query.fields().include("_id");
    return mongo.find(query, IdOnly.class, mongo.getCollectionName(LogRow.class)).stream()
        .map(IdOnly::id)
        .findFirst();
  }

  /** Removes what is before that row, or as much of it as one call should. */
  static void removeBefore(MongoOperations mongo, String instanceId, String id) {
    var query = within(LogRow.before(instanceId), id, Sort.Direction.ASC).limit(1_000);
    query.fields().include("_id");
    var collection = mongo.getCollectionName(LogRow.class);
    var ids = mongo.find(query, IdOnly.class, collection).stream().map(IdOnly::id).toList();
    if (!ids.isEmpty()) {
      mongo.remove(Query.query(Criteria.where("_id").in(ids)), collection);
    }
  }

  private record IdOnly(String id) {}

  private static Query within(String after, String before, Sort.Direction order) {
    return Query.query(Criteria.where("_id").gt(after).lt(before)).with(Sort.by(order, "_id"));
  }
}
