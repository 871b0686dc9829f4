package dev.muster.infrastructure.documents;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Ids are the keys of the documents themselves: there is nothing to keep beside these. */
final class IdIndex extends AbstractUniqueIndex<Object> {

  private final KeySpace documents;

  IdIndex(String name, List<IndexKey> keys, KeySpace documents) {
    super(name, keys, false);
    this.documents = documents;
  }

  @Override
  protected @Nullable Object getPosition(KeyValue value) {
    var id = value.get(0);
    return id != null && documents.contains(List.of(id)) ? id : null;
  }

  @Override
  public void add(Document document, Object position, MongoCollection<Object> collection) {}

  @Override
  protected @Nullable Object removeDocument(KeyValue value) {
    return getPosition(value);
  }

  @Override
  protected boolean putKeyPosition(KeyValue value, Object position) {
    return true;
  }

  @Override
  protected Iterable<Entry<KeyValue, Object>> getIterable() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(documents.in(KeyRange.ALL, false), 0), false)
        .map(entry -> entry.getKey().getFirst())
        .map(id -> Map.entry(new KeyValue(id), id))
        .toList();
  }

  @Override
  public long getCount() {
    return documents.count(KeyRange.ALL);
  }

  @Override
  public long getDataSize() {
    return 0;
  }
}
