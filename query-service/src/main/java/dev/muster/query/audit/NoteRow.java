package dev.muster.query.audit;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A text of the log that there is one of.
 *
 * @param size how many entries it speaks of, 0 when it speaks of none
 */
@Document("audit_notes")
record NoteRow(@Id String id, long size, String text) {

  static final String CHECKPOINT = "checkpoint";
  static final String KEY = "key";
}
