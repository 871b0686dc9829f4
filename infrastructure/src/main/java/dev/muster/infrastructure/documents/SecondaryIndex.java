package dev.muster.infrastructure.documents;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of some fields, each followed by the id of its document, in order. A document has an
 * entry for each element of a list, and none when one of the fields is missing or is no text,
 * number or boolean. The collection writes its entries: before a document, and takes away after it,
 * so that whatever is found after a kill has an entry, and some entries may be of nothing.
 */
final class SecondaryIndex extends Index<Object> {

  private static final byte[] NOTHING = {};
  private static final String ID = "_id";

  private final StoredIndex stored;
  private final KeySpace entries;
  private final List<String> fields;

  SecondaryIndex(String name, List<IndexKey> keys, boolean sparse, StoredIndex stored) {
    super(name, keys, sparse);
    this.stored = stored;
    this.entries = stored.entries();
    this.fields = keys().stream().filter(field -> !field.equals(ID)).toList();
  }

  /** Whether an index of those keys can be kept. */
  static boolean takes(List<IndexKey> keys) {
    var names = keys.stream().map(IndexKey::getKey).toList();
    var id = names.indexOf(ID);
    return names.stream().noneMatch(name -> name.contains("."))
        && (id < 0 || id > 0 && id == names.size() - 1);
  }

  List<String> fields() {
    return fields;
  }

  KeySpace entries() {
    return entries;
  }

  boolean isFilled() {
    return stored.isFilled();
  }

  void filled() {
    stored.filled();
  }

  void put(Document document) {
    put(keysOf(document));
  }

  /** Puts what is new, and returns what is not of the document any more. */
  Set<List<Object>> replace(Document before, Document after) {
    var old = keysOf(before);
    var now = keysOf(after);
    var stale = new LinkedHashSet<>(old);
    stale.removeAll(now);
    now.removeAll(old);
    put(now);
    return stale;
  }

  private void put(Set<List<Object>> keys) {
    keys.forEach(key -> entries.put(key, NOTHING));
  }

  void remove(Set<List<Object>> keys) {
    keys.forEach(entries::remove);
  }

  Set<List<Object>> keysOf(Document document) {
    List<List<Object>> keys = List.of(List.of());
    for (var field : fields) {
      keys = each(keys, values(document.get(field)));
    }
    return new LinkedHashSet<>(each(keys, List.of(id(document))));
  }

  private static List<Object> values(@Nullable Object value) {
    var all = value instanceof Collection<?> elements ? elements : Arrays.asList(value);
    return all.stream().filter(FieldCondition::isIndexed).map(SecondaryIndex::normalized).toList();
  }

  /** Each of the keys, followed by each of the values. */
  static List<List<Object>> each(List<List<Object>> keys, List<Object> values) {
    var all = new ArrayList<List<Object>>();
    for (var key : keys) {
      for (var value : values) {
        all.add(StoreKey.append(key, value));
      }
    }
    return all;
  }

  /** The same for numbers of different types that are equal. */
  private static Object normalized(Object value) {
    return new KeyValue(value).normalized().get(0);
  }

  private static Object id(Document document) {
    return Objects.requireNonNull(document.get(ID), ID);
  }

  /** As {@link IdIndex} has it. */
  @Override
  public Object getPosition(Document document) {
    return normalized(id(document));
  }

  @Override
  public Object remove(Document document) {
    return getPosition(document);
  }

  @Override
  public void checkAdd(Document document, MongoCollection<Object> collection) {}

  @Override
  public void add(Document document, Object position, MongoCollection<Object> collection) {}

  @Override
  public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {}

  @Override
  public void updateInPlace(
      Document before, Document after, Object position, MongoCollection<Object> collection) {}

  @Override
  public boolean canHandle(Document query) {
    return false;
  }

  @Override
  public Iterable<Object> getPositions(Document query) {
    throw new UnsupportedOperationException("the collection plans its queries");
  }

  @Override
  public long getCount() {
    return entries.count(KeyRange.ALL);
  }

  /** The collection fills it. */
  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public long getDataSize() {
    return 0;
  }

  @Override
  public void drop() {
    stored.remove();
  }
}
