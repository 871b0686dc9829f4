package dev.muster.query.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/**
 * Writes rows by their ids alone, each in the place of the one that has its id. The store itself
 * compares a {@link VersionedRow} with the one that is there: whoever lost a partition without
 * knowing it yet puts nothing older in the place of what the next one wrote. Calls the driver
 * itself: the templates map each criterion again.
 */
@Component
public final class Upserts {

  private static final int DUPLICATE_KEY = 11_000;
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

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
    var refused = write(collection, List.copyOf(rowsById.entrySet()));
    // What was refused may have met the first insert of its row: now there is one to compare with.
    write(collection, refused);
  }

  /** Returns the rows that were not written, for there is one of the same id that stays. */
  private <T extends Map.Entry<?, ?>> List<T> write(String collection, List<T> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    var replacements = rows.stream().map(this::replacement).toList();
    try {
      mongo.getCollection(collection).bulkWrite(replacements, UNORDERED);
      return List.of();
    } catch (MongoBulkWriteException e) {
      if (e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
        throw e;
      }
      return e.getWriteErrors().stream().map(error -> rows.get(error.getIndex())).toList();
    }
  }

  private ReplaceOneModel<Document> replacement(Map.Entry<?, ?> row) {
    var document = new Document();
    mongo.getConverter().write(row.getValue(), document);
    return new ReplaceOneModel<>(replaceable(row.getKey(), row.getValue()), document, UPSERT);
  }

  private static Document replaceable(Object id, Object row) {
    var sameId = Criteria.where("_id").is(id);
    var criteria =
        row instanceof VersionedRow versioned
            ? sameId.andOperator(versioned.replaceable())
            : sameId;
    return criteria.getCriteriaObject();
  }

  /** The row with that id is no more, if it ever was. */
  public void remove(Class<?> type, Object id) {
    mongo.remove(Query.query(Criteria.where("_id").is(id)), type);
  }
}
