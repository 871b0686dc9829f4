package dev.muster.query.audit;

import dev.muster.kafka.projection.ProjectedBatch;
import dev.muster.query.store.Upserts;
import java.util.HashMap;
import java.util.Map;

/**
 * What the records of one poll add. The checkpoint is written last: all that it speaks of is there
 * by then.
 */
final class AuditWork implements ProjectedBatch {

  private final int partition;
  private final MerkleAppend append;
  private final Upserts upserts;
  private final Map<String, NoteRow> notes = new HashMap<>();

  AuditWork(int partition, MerkleAppend append, Upserts upserts) {
    this.partition = partition;
    this.append = append;
    this.upserts = upserts;
  }

  void key(String key) {
    notes.put(NoteRow.KEY, new NoteRow(NoteRow.KEY, 0, key));
  }

  /** Nothing when it speaks of entries that are not there. */
  void checkpoint(String note, long size) {
    if (size <= append.size()) {
      notes.merge(
          NoteRow.CHECKPOINT,
          new NoteRow(NoteRow.CHECKPOINT, size, note),
          (known, other) -> other.size() >= known.size() ? other : known);
    }
  }

  @Override
  public Map<Integer, Long> newest() {
    return Map.of(partition, append.size() - 1);
  }

  @Override
  public void write() {
    upserts.replace(EntryRow.class, append.entries());
    upserts.replace(SubtreeRow.class, append.subtrees());
    upserts.replace(NoteRow.class, notes);
  }
}
