package dev.muster.query.audit;

import dev.muster.events.audit.SealedEvent;
import dev.muster.events.tlog.MerkleHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.data.mongodb.core.MongoOperations;

/** What some entries add to the log: their rows, and the roots of the tiles that they fill. */
final class MerkleAppend {

  private final MongoOperations mongo;
  private final Map<String, EntryRow> entries = new HashMap<>();
  private final Map<String, SubtreeRow> subtrees = new HashMap<>();
  private long size;
  private boolean missing;

  /**
   * @param size of the log before
   */
  MerkleAppend(MongoOperations mongo, long size) {
    this.mongo = mongo;
    this.size = size;
  }

  long size() {
    return size;
  }

  Map<String, EntryRow> entries() {
    return entries;
  }

  Map<String, SubtreeRow> subtrees() {
    return subtrees;
  }

  /** Whether something came before the entry that it comes after. */
  boolean isMissing() {
    return missing;
  }

  /** An entry; it is added when it is the next one. */
  void take(SealedEvent sealed) {
    var index = sealed.event().position();
    if (index == size) {
      missing = false;
      add(sealed);
    } else if (index > size) {
      missing = true;
    }
  }

  private void add(SealedEvent sealed) {
    var row = EntryRow.of(sealed);
    entries.put(row.id(), row);
    filled(1, size);
    size++;
  }

  /**
   * @param last index of the newest hash of the level below: the last of its tile or not
   */
  private void filled(int level, long last) {
    if ((last + 1) % TreeHashes.WIDTH != 0) {
      return;
    }
    var index = last / TreeHashes.WIDTH;
    var root = MerkleHash.perfect(tile(level - 1, index * TreeHashes.WIDTH));
    var row = new SubtreeRow(SubtreeRow.id(level, index), root);
    subtrees.put(row.id(), row);
    filled(level + 1, index);
  }

  /** The older of them are in the store, the newer ones come with this. */
  private List<byte[]> tile(int level, long first) {
    var added = new ArrayList<byte[]>();
    for (long index = first + TreeHashes.WIDTH - 1; index >= first; index--) {
      var hash = added(level, index);
      if (hash.length == 0) {
        break;
      }
      added.addFirst(hash);
    }
    var all = TreeHashes.read(mongo, level, first, TreeHashes.WIDTH - added.size());
    all.addAll(added);
    return all;
  }

  /** Empty when it does not come with this. */
  private byte[] added(int level, long index) {
    if (level == 0) {
      var row = entries.get(EntryRow.id(index));
      return row == null ? new byte[0] : row.leaf();
    }
    var row = subtrees.get(SubtreeRow.id(level, index));
    return row == null ? new byte[0] : row.hash();
  }
}
