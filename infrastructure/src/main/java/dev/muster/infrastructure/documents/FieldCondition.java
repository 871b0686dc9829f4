package dev.muster.infrastructure.documents;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a query asks of a field, as far as an index can tell. */
sealed interface FieldCondition {

  /** It is one of these. */
  record Among(List<Object> values) implements FieldCondition {}

  /** It is between these, of which either may be null; the query says more. */
  record Between(IdRange range) implements FieldCondition {}

  /** Something that an index does not know, or nothing. */
  record Unknown() implements FieldCondition {}

  Set<String> BOUNDS = Set.of("$gt", "$gte", "$lt", "$lte");

  static FieldCondition of(@Nullable Object wanted) {
    if (isIndexed(wanted)) {
      return new Among(List.of(wanted));
    }
    if (!(wanted instanceof Document operators)) {
      return new Unknown();
    }
    if (operators.keySet().equals(Set.of("$eq"))) {
      return of(operators.get("$eq"));
    }
    if (operators.keySet().equals(Set.of("$in"))
        && operators.get("$in") instanceof Collection<?> values
        && values.stream().allMatch(FieldCondition::isIndexed)) {
      return new Among(List.copyOf(values));
    }
    return !operators.isEmpty()
            && BOUNDS.containsAll(operators.keySet())
            && operators.values().stream().allMatch(FieldCondition::isIndexed)
        ? new Between(IdRange.of(operators))
        : new Unknown();
  }

  /** Whether an index has an entry for it. */
  static boolean isIndexed(@Nullable Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }
}
