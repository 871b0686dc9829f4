package dev.muster.query.audit;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** Of an {@link EntryRow} what the tree is made of. */
@Document("audit_entries")
// Bytes of the store; nothing compares two rows.
@SuppressWarnings("ArrayRecordComponent")
record LeafRow(@Id String id, byte[] leaf) {}
