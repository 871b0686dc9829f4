package dev.muster.infrastructure.documents;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A way to find documents by an index: the ranges of it that their entries are in.
 *
 * @param field what the entries of one range are in order of
 */
record IndexScan(SecondaryIndex index, List<KeyRange> ranges, String field) {

  private static final String ID = "_id";
  private static final int MOST_RANGES = 100;

  /** Empty when the query leaves out a field of the index, or asks for what it does not know. */
  static Optional<IndexScan> of(SecondaryIndex index, Document query, IdRange ids) {
    List<List<Object>> prefixes = List.of(List.of());
    var last = index.fields().getLast();
    for (var field : index.fields()) {
      switch (FieldCondition.of(query.get(field))) {
        case FieldCondition.Among(var values) -> {
          if (prefixes.size() * (long) values.size() > MOST_RANGES) {
            return Optional.empty();
          }
          prefixes = SecondaryIndex.each(prefixes, values);
        }
        case FieldCondition.Between(var range) when field.equals(last) -> {
          return Optional.of(new IndexScan(index, withEnds(prefixes, range), field));
        }
        case FieldCondition.Between _, FieldCondition.Unknown _ -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new IndexScan(index, prefixes.stream().map(ids::under).toList(), ID));
  }

  /** Behind the greatest value stand the ids of all that have it. */
  private static List<KeyRange> withEnds(List<List<Object>> prefixes, IdRange range) {
    return prefixes.stream()
        .map(range::under)
        .map(r -> new KeyRange(r.first(), StoreKey.append(r.last(), StoreKey.AFTER)))
        .toList();
  }

  /** Whether documents can come in the order of that field without a look at all of them. */
  boolean isInOrderOf(String wanted) {
    return wanted.equals(ID) || field.equals(wanted) && ranges.size() == 1;
  }

  /** Whether all ids have to be put in order before the first can come. */
  boolean sortsIds(String wanted) {
    return wanted.equals(ID) && !field.equals(ID);
  }

  /** How many entries there are to look at, if all of them are. */
  long size() {
    return ranges.stream().mapToLong(index.entries()::count).sum();
  }

  /** The ids in that order, if it is one that they can come in. */
  Stream<Object> ids(String order, boolean descending) {
    if (sortsIds(order)) {
      var byId = descending ? StoreKeyType.PARTS.reversed() : StoreKeyType.PARTS;
      return ids(false).sorted(byId);
    }
    return ids(descending);
  }

  private Stream<Object> ids(boolean descending) {
    var each = ranges.stream().map(range -> ids(range, descending)).toList();
    var merged = each.size() == 1 ? each.getFirst() : new MergedIds(each, descending);
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(merged, 0), false);
  }

  private Iterator<Object> ids(KeyRange range, boolean descending) {
    var entries = index.entries().in(range, descending);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public Object next() {
        return entries.next().getKey().getLast();
      }
    };
  }
}
