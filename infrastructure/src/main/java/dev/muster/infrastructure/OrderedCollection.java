package dev.muster.infrastructure;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection that is read in the order of its ids where a query asks for that, as a real server
 * does by its index: a page then costs what the page has, however many documents there are.
 */
final class OrderedCollection extends MemoryCollection {

  private static final String ID = "_id";

  private final NavigableMap<String, Integer> positions = new ConcurrentSkipListMap<>();
  private int otherIds;

  OrderedCollection(
      MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors) {
    super(database, name, options, cursors);
  }

  @Override
  protected Integer addDocumentInternal(Document document) {
    var position = super.addDocumentInternal(document);
    if (document.get(ID) instanceof String id) {
      positions.put(id, position);
    } else {
      otherIds++;
    }
    return position;
  }

  @Override
  protected void removeDocument(Integer position) {
    if (getDocument(position).get(ID) instanceof String id) {
      positions.remove(id);
    } else {
      otherIds--;
    }
    super.removeDocument(position);
  }

  @Override
  protected QueryResult matchDocuments(
      Document query,
      @Nullable Document orderBy,
      int skip,
      int limit,
      int batchSize,
      @Nullable Document fields) {
    if (otherIds > 0 || orderBy == null || !orderBy.keySet().equals(Set.of(ID))) {
      return super.matchDocuments(query, orderBy, skip, limit, batchSize, fields);
    }
    var ascending = within(query.get(ID));
    var ordered = isDescending(orderBy) ? ascending.descendingMap() : ascending;
    var documents = ordered.values().stream().map(this::getDocument);
    return matchDocumentsFromStream(query, documents, skip, limit, batchSize, null, fields);
  }

  private static boolean isDescending(Document orderBy) {
    return orderBy.get(ID) instanceof Number direction && direction.intValue() < 0;
  }

  /**
   * Those that the bounds of a range leave; the query itself is looked at for each all the same.
   */
  private NavigableMap<String, Integer> within(@Nullable Object wanted) {
    var within = positions;
    if (wanted instanceof Document range) {
      if (range.get("$lt") instanceof String end) {
        within = within.headMap(end, false);
      }
      if (range.get("$gt") instanceof String begin) {
        within = within.tailMap(begin, false);
      }
    }
    return within;
  }
}
