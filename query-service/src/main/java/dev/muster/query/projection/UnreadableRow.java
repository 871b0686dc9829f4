package dev.muster.query.projection;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A record that this version could not make sense of. What it did to its instance is not known, so
 * the instance stays as it was before.
 *
 * @param id partition and offset
 * @param instanceId the record's key
 */
@Document("unreadable_records")
record UnreadableRow(@Id String id, String instanceId, String reason) {

  static String id(int partition, long offset) {
    return partition + "@" + offset;
  }
}
