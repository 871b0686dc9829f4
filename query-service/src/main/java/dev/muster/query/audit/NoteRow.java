package dev.muster.query.audit;

import dev.muster.query.store.VersionedRow;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Criteria;

/**
 * A text of the log that there is one of.
 *
 * @param size how many entries it speaks of, 0 when it speaks of none
 */
@Document("audit_notes")
record NoteRow(@Id String id, long size, String text) implements VersionedRow {

  // Of checkpoints the newest counts; one that comes late does not replace it.
  @Override
  public Criteria replaceable() {
    return Criteria.where("size").lte(size);
  }

  static final String CHECKPOINT = "checkpoint";
  static final String KEY = "key";
}
