package dev.muster.infrastructure.documents;

import java.util.ArrayList;
import java.util.List;

/**
 * Where something is in the store.
 *
 * @param space the key space, which keeps its entries apart from all others
 * @param parts values of BSON; in a bound {@link #AFTER} may be the last of them
 */
record StoreKey(int space, List<Object> parts) {

  /** In a bound: what is greater than every value. Nothing less than every value is no part. */
  static final Object AFTER = new Object();

  static List<Object> append(List<Object> parts, Object more) {
    var all = new ArrayList<>(parts);
    all.add(more);
    return all;
  }
}
