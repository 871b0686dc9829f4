package dev.muster.infrastructure.documents;

import de.bwaldvogel.mongo.bson.Document;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.h2.mvstore.MVMap;

/** The key spaces of a store by their names: database and collection, and for an index its own. */
final class KeySpaces {

  /** The space of the names. */
  private static final int NAMES = 0;

  private static final String NUMBER = "number";
  private static final String FILLED = "filled";

  private final MVMap<StoreKey, byte[]> entries;
  private final KeySpace names;

  KeySpaces(MVMap<StoreKey, byte[]> entries) {
    this.entries = entries;
    this.names = new KeySpace(entries, NAMES);
  }

  /** The space of that name, which is made when it is missing. */
  synchronized KeySpace of(List<Object> name) {
    var known = names.get(name);
    if (known != null) {
      return space(known);
    }
    int number = NAMES + 1;
    for (var all = names.in(KeyRange.ALL, false); all.hasNext(); ) {
      number = Math.max(number, number(all.next().getValue()) + 1);
    }
    names.put(name, BsonBytes.of(new Document(NUMBER, number)));
    return new KeySpace(entries, number);
  }

  private KeySpace space(byte[] named) {
    return new KeySpace(entries, number(named));
  }

  private static int number(byte[] named) {
    return ((Number) Objects.requireNonNull(BsonBytes.read(named).get(NUMBER))).intValue();
  }

  /** Whether somebody has said that everything is in it. */
  boolean isFilled(List<Object> name) {
    var known = names.get(name);
    return known != null && BsonBytes.read(known).containsKey(FILLED);
  }

  synchronized void filled(List<Object> name) {
    var known = BsonBytes.read(Objects.requireNonNull(names.get(name)));
    names.put(name, BsonBytes.of(known.append(FILLED, true)));
  }

  /** Removes that space, and those whose names begin with its name. */
  synchronized void removeAll(List<Object> name) {
    var all = names.in(new KeyRange(name, StoreKey.append(name, StoreKey.AFTER)), true);
    while (all.hasNext()) {
      var found = all.next();
      space(found.getValue()).clear();
      names.remove(found.getKey());
    }
  }

  Set<String> databases() {
    var found = new HashSet<String>();
    for (var all = names.in(KeyRange.ALL, false); all.hasNext(); ) {
      found.add((String) all.next().getKey().getFirst());
    }
    return found;
  }
}
