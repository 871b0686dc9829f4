package dev.muster.query.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/** The hashes of tiles in the read store. */
final class TreeHashes {

  /** Hashes of a full tile. */
  static final int WIDTH = 256;

  /** A tile is this many levels of the tree. */
  static final int HEIGHT = 8;

  private TreeHashes() {}

  /**
   * Consecutive hashes of a level; those that are not there are left out.
   *
   * @param level of the tile: 0 are leaves, 1 the roots of full tiles of leaves
   */
  static List<byte[]> read(MongoOperations mongo, int level, long first, int count) {
    var ids =
        LongStream.range(first, first + count)
            .mapToObj(index -> level == 0 ? EntryRow.id(index) : SubtreeRow.id(level, index))
            .toList();
    var byId = level == 0 ? leaves(mongo, ids) : subtrees(mongo, ids);
    var found = new ArrayList<byte[]>();
    for (var id : ids) {
      var hash = byId.get(id);
      if (hash != null) {
        found.add(hash);
      }
    }
    return found;
  }

  private static Map<String, byte[]> leaves(MongoOperations mongo, List<String> ids) {
    var hashes = new HashMap<String, byte[]>();
    var leaves = byIds(ids);
    leaves.fields().include("leaf");
    mongo.find(leaves, LeafRow.class).forEach(row -> hashes.put(row.id(), row.leaf()));
    return hashes;
  }

  private static Map<String, byte[]> subtrees(MongoOperations mongo, List<String> ids) {
    var hashes = new HashMap<String, byte[]>();
    mongo.find(byIds(ids), SubtreeRow.class).forEach(row -> hashes.put(row.id(), row.hash()));
    return hashes;
  }

  private static Query byIds(List<String> ids) {
    return Query.query(Criteria.where("_id").in(ids));
  }
}
