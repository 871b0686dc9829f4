package dev.muster.infrastructure.documents;

import java.util.List;

/** Keys of one space between two bounds, which belong to it. */
record KeyRange(List<Object> first, List<Object> last) {

  static final KeyRange ALL = new KeyRange(List.of(), List.of(StoreKey.AFTER));
}
