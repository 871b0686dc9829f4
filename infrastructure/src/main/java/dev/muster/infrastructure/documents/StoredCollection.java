package dev.muster.infrastructure.documents;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Documents in the order of their ids. One that is asked for by its id costs one look, and a page
 * in that order costs what it has, however many documents there are.
 */
final class StoredCollection extends AbstractSynchronizedMongoCollection<Object> {

  private static final String ID = "_id";

  private final MVMap<Object, byte[]> documents;

  StoredCollection(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      CursorRegistry cursors,
      MVMap<Object, byte[]> documents) {
    super(database, name, options, cursors);
    this.documents = documents;
  }

  MVMap<Object, byte[]> documents() {
    return documents;
  }

  @Override
  protected Object addDocumentInternal(Document document) {
    // The server's own collections have none.
    var key =
        getIdField() == null
            ? UUID.randomUUID().toString()
            : Objects.requireNonNull(document.get(getIdField()), "_id");
    documents.put(key, BsonBytes.of(document));
    return key;
  }

  @Override
  protected void handleUpdate(Object key, Document before, Document after) {
    documents.put(key, BsonBytes.of(after));
  }

  @Override
  protected void removeDocument(Object key) {
    documents.remove(key);
  }

  @Override
  protected @Nullable Document getDocument(Object key) {
    var bytes = documents.get(key);
    return bytes == null ? null : BsonBytes.read(bytes);
  }

  @Override
  protected QueryResult matchDocuments(
      Document query,
      @Nullable Document order,
      int skip,
      int limit,
      int batchSize,
      @Nullable Document fields) {
    var range = IdRange.of(query.get(ID));
    var byId = order != null && order.keySet().equals(Set.of(ID));
    var found = within(range, order != null && byId && isDescending(order));
    return matchDocumentsFromStream(
        query,
        found.map(DocumentWithPosition::getDocument),
        skip,
        limit,
        batchSize,
        order == null || byId ? null : deriveComparator(order),
        fields);
  }

  private static boolean isDescending(Document order) {
    return order.get(ID) instanceof Number direction && direction.intValue() < 0;
  }

  @Override
  protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
    return within(IdRange.ALL, false);
  }

  private Stream<DocumentWithPosition<Object>> within(IdRange range, boolean descending) {
    var first = descending ? range.last() : range.first();
    var last = descending ? range.first() : range.last();
    var cursor = documents.cursor(first, last, descending);
    var all =
        new Iterator<DocumentWithPosition<Object>>() {
          @Override
          public boolean hasNext() {
            return cursor.hasNext();
          }

          @Override
          public DocumentWithPosition<Object> next() {
            var key = cursor.next();
            return new DocumentWithPosition<>(BsonBytes.read(cursor.getValue()), key);
          }
        };
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED | Spliterator.NONNULL), false);
  }

  @Override
  public int count() {
    return documents.size();
  }

  @Override
  public boolean isEmpty() {
    return documents.isEmpty();
  }

  @Override
  protected boolean tracksDataSize() {
    return false;
  }

  @Override
  protected void updateDataSize(int difference) {}

  @Override
  protected int getDataSize() {
    return 0;
  }
}
