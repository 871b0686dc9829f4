package dev.muster.query.audit;

import dev.muster.query.feed.Work;
import dev.muster.query.store.Upserts;
import java.util.HashMap;
import java.util.Map;

/**
 * What the records of one poll add. The checkpoint is written last: all that it speaks of is there
 * by then.
 */
final class AuditWork implements Work {

  private final int partition;
  private final Growth growth;
  private final Upserts upserts;
  private final Map<String, NoteRow> notes = new HashMap<>();

  AuditWork(int partition, Growth growth, Upserts upserts) {
    this.partition = partition;
    this.growth = growth;
    this.upserts = upserts;
  }

  void key(String key) {
    notes.put(NoteRow.KEY, new NoteRow(NoteRow.KEY, 0, key));
  }

  /** Nothing when it speaks of entries that are not there. */
  void checkpoint(String note, long size) {
    if (size <= growth.size()) {
      notes.merge(
          NoteRow.CHECKPOINT,
          new NoteRow(NoteRow.CHECKPOINT, size, note),
          (known, other) -> other.size() >= known.size() ? other : known);
    }
  }

  @Override
  public Map<Integer, Long> newest() {
    return Map.of(partition, growth.size() - 1);
  }

  @Override
  public void write() {
    upserts.replace(EntryRow.class, growth.entries());
    upserts.replace(SubtreeRow.class, growth.subtrees());
    upserts.replace(NoteRow.class, notes);
  }
}
