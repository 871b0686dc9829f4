package dev.muster.query.audit;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The root of a full tile: a hash in the tile above it.
 *
 * @param id level of the tile that it is in, and its index among all hashes of that level
 */
@Document("audit_subtrees")
// Bytes of the store; nothing compares two rows.
@SuppressWarnings("ArrayRecordComponent")
record SubtreeRow(@Id String id, byte[] hash) {

  static String id(int level, long index) {
    return level + "/" + EntryRow.id(index);
  }
}
