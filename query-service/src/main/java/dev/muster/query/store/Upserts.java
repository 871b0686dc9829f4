package dev.muster.query.store;

import java.util.Map;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.FindAndReplaceOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Writes rows by their ids alone, each in the place of the one that has its id. */
@Component
public final class Upserts {

  private final MongoOperations mongo;

  Upserts(MongoOperations mongo) {
    this.mongo = mongo;
  }

  /** All rows in one unordered write, to the collection of their type; none is no call at all. */
  public <T> void replace(Class<T> type, Map<?, T> rowsById) {
    replace(mongo.getCollectionName(type), rowsById);
  }

  /** All rows in one unordered write. */
  public <T> void replace(String collection, Map<?, T> rowsById) {
    if (rowsById.isEmpty()) {
      return;
    }
    var bulk = mongo.bulkOps(BulkMode.UNORDERED, collection);
    rowsById.forEach(
        (id, row) ->
            bulk.replaceOne(
                Query.query(Criteria.where("_id").is(id)),
                row,
                FindAndReplaceOptions.options().upsert()));
    bulk.execute();
  }

  /** The row with that id is no more, if it ever was. */
  public void remove(Class<?> type, Object id) {
    mongo.remove(Query.query(Criteria.where("_id").is(id)), type);
  }
}
