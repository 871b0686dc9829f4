package dev.muster.infrastructure.documents;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Documents in the order of their ids. One that is asked for by its id costs one look, and a page
 * in that order, or of what an index has, costs what it holds, however many documents there are.
 */
final class StoredCollection extends AbstractSynchronizedMongoCollection<Object> {

  private static final String ID = "_id";

  private final KeySpace documents;

  StoredCollection(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      CursorRegistry cursors,
      KeySpace documents) {
    super(database, name, options, cursors);
    this.documents = documents;
  }

  @Override
  public synchronized void addIndex(Index<Object> index) {
    if (index instanceof SecondaryIndex fresh && !fresh.isFilled()) {
      streamAllDocumentsWithPosition().forEach(found -> fresh.put(found.getDocument()));
      fresh.filled();
    }
    super.addIndex(index);
  }

  private List<SecondaryIndex> secondary() {
    return getIndexes().stream()
        .filter(SecondaryIndex.class::isInstance)
        .map(SecondaryIndex.class::cast)
        .toList();
  }

  @Override
  protected Object addDocumentInternal(Document document) {
    // The server's own collections have none.
    var id =
        getIdField() == null
            ? UUID.randomUUID().toString()
            : Objects.requireNonNull(document.get(getIdField()), ID);
    secondary().forEach(index -> index.put(document));
    documents.put(List.of(id), BsonBytes.of(document));
    return id;
  }

  @Override
  protected void handleUpdate(Object id, Document before, Document after) {
    var stale = new LinkedHashMap<SecondaryIndex, Set<List<Object>>>();
    secondary().forEach(index -> stale.put(index, index.replace(before, after)));
    documents.put(List.of(id), BsonBytes.of(after));
    stale.forEach(SecondaryIndex::remove);
  }

  @Override
  protected void removeDocument(Object id) {
    var indexes = secondary();
    var before = indexes.isEmpty() ? null : getDocument(id);
    documents.remove(List.of(id));
    if (before != null) {
      indexes.forEach(index -> index.remove(index.keysOf(before)));
    }
  }

  @Override
  protected @Nullable Document getDocument(Object id) {
    var bytes = documents.get(List.of(id));
    return bytes == null ? null : BsonBytes.read(bytes);
  }

  @Override
  protected QueryResult matchDocuments(
      Document query,
      @Nullable Document asked,
      int skip,
      int limit,
      int batchSize,
      @Nullable Document fields) {
    var order = asked == null || asked.isEmpty() ? null : asked;
    var range = IdRange.of(query.get(ID));
    var first = skip + limit;
    var plan =
        QueryPlan.of(
            query,
            order,
            limit == 0 ? 0 : first,
            range,
            () -> documents.count(range.under(List.of())),
            secondary());
    var descending = order != null && plan.inOrder() && isDescending(order);
    return matchDocumentsFromStream(
        query,
        plan.scan()
            .map(scan -> found(scan, QueryPlan.field(order), descending))
            .orElseGet(() -> within(range, descending)),
        skip,
        limit,
        batchSize,
        plan.inOrder() ? null : deriveComparator(order),
        fields);
  }

  private static boolean isDescending(Document order) {
    return order.values().iterator().next() instanceof Number direction && direction.intValue() < 0;
  }

  private Stream<Document> found(IndexScan scan, String order, boolean descending) {
    return scan.ids(order, descending).distinct().map(this::getDocument).filter(Objects::nonNull);
  }

  @Override
  protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
    return entries(IdRange.ALL, false)
        .map(
            entry ->
                new DocumentWithPosition<>(
                    BsonBytes.read(entry.getValue()), entry.getKey().getFirst()));
  }

  private Stream<Document> within(IdRange range, boolean descending) {
    return entries(range, descending).map(entry -> BsonBytes.read(entry.getValue()));
  }

  private Stream<Entry<List<Object>, byte[]>> entries(IdRange range, boolean descending) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            documents.in(range.under(List.of()), descending),
            Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  @Override
  public int count() {
    return Math.toIntExact(documents.count(KeyRange.ALL));
  }

  @Override
  public boolean isEmpty() {
    return count() == 0;
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
