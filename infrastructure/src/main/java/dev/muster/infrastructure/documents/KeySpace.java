package dev.muster.infrastructure.documents;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the store in which a collection or an index keeps its entries, in the order of their
 * keys.
 */
final class KeySpace {

  private final MVMap<StoreKey, byte[]> entries;
  private final int number;

  KeySpace(MVMap<StoreKey, byte[]> entries, int number) {
    this.entries = entries;
    this.number = number;
  }

  byte @Nullable [] get(List<Object> parts) {
    return entries.get(key(parts));
  }

  boolean contains(List<Object> parts) {
    return entries.containsKey(key(parts));
  }

  void put(List<Object> parts, byte[] value) {
    entries.put(key(parts), value);
  }

  void remove(List<Object> parts) {
    entries.remove(key(parts));
  }

  void clear() {
    in(KeyRange.ALL, false).forEachRemaining(entry -> remove(entry.getKey()));
  }

  /** Those of the range as they are now, whatever is written meanwhile. */
  Iterator<Entry<List<Object>, byte[]>> in(KeyRange range, boolean descending) {
    var first = key(descending ? range.last() : range.first());
    var last = key(descending ? range.first() : range.last());
    var cursor = entries.cursor(first, last, descending);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return cursor.hasNext();
      }

      @Override
      public Entry<List<Object>, byte[]> next() {
        var key = cursor.next();
        return Map.entry(key.parts(), cursor.getValue());
      }
    };
  }

  /** How many there are in the range, without a look at them. */
  long count(KeyRange range) {
    while (true) {
      var root = entries.getRoot();
      var count = rank(range.last(), true) - rank(range.first(), false);
      // Ranks are of the whole store, to which others may have written in between.
      if (root == entries.getRoot()) {
        return Math.max(0, count);
      }
    }
  }

  /** How many keys of the store come before that one, or up to and with it. */
  private long rank(List<Object> parts, boolean with) {
    var index = entries.getKeyIndex(key(parts));
    return index < 0 ? -(index + 1) : with ? index + 1 : index;
  }

  private StoreKey key(List<Object> parts) {
    return new StoreKey(number, parts);
  }
}
