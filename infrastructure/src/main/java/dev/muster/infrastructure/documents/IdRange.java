package dev.muster.infrastructure.documents;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where documents of a query can be in the order of ids. The bounds belong to the range: whether a
 * document is meant is for the query itself to say.
 *
 * @param first the least id; null for none
 * @param last the greatest id; null for none
 */
record IdRange(@Nullable Object first, @Nullable Object last) {

  static final IdRange ALL = new IdRange(null, null);

  /**
   * @param wanted what a query says of {@code _id}; null when it says nothing
   */
  static IdRange of(@Nullable Object wanted) {
    return switch (wanted) {
      case String id -> new IdRange(id, id);
      case Number id -> new IdRange(id, id);
      case Document range when range.keySet().stream().anyMatch(name -> name.startsWith("$")) ->
          new IdRange(either(range, "$gte", "$gt"), either(range, "$lte", "$lt"));
      case null, default -> ALL;
    };
  }

  /** The keys in this range that begin with those parts. */
  KeyRange under(List<Object> parts) {
    return new KeyRange(
        first == null ? parts : StoreKey.append(parts, first),
        StoreKey.append(parts, last == null ? StoreKey.AFTER : last));
  }

  private static @Nullable Object either(Document range, String one, String other) {
    var bound = range.get(one);
    return bound == null ? range.get(other) : bound;
  }
}
