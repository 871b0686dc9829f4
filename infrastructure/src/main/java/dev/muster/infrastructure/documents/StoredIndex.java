package dev.muster.infrastructure.documents;

import java.util.List;

/** What the store keeps of an index. */
record StoredIndex(KeySpaces spaces, List<Object> name) {

  KeySpace entries() {
    return spaces.of(name);
  }

  /** Whether it has the entries of all documents, which it has not after a kill meanwhile. */
  boolean isFilled() {
    return spaces.isFilled(name);
  }

  void filled() {
    spaces.filled(name);
  }

  void remove() {
    spaces.removeAll(name);
  }
}
