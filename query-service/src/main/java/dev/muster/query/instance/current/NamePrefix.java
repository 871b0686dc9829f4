package dev.muster.query.instance.current;

import java.util.Optional;
import org.springframework.data.mongodb.core.query.Criteria;

/** Text that names begin with, as a range of an index rather than as a pattern. */
final class NamePrefix {

  private NamePrefix() {}

  static Criteria restrict(Criteria name, String prefix) {
    var from = name.gte(prefix);
    return firstBeyond(prefix).map(from::lt).orElse(from);
  }

  /** The first text, in the order of code points, after all that begin with the prefix. */
  static Optional<String> firstBeyond(String prefix) {
    var points = prefix.codePoints().toArray();
    for (int last = points.length - 1; last >= 0; last--) {
      if (points[last] < Character.MAX_CODE_POINT) {
        points[last] = next(points[last]);
        return Optional.of(new String(points, 0, last + 1));
      }
    }
    return Optional.empty();
  }

  private static int next(int point) {
    var next = point + 1;
    // Surrogates are not characters, and the store's UTF-8 has no place for them.
    return next >= Character.MIN_SURROGATE && next <= Character.MAX_SURROGATE
        ? Character.MAX_SURROGATE + 1
        : next;
  }
}
