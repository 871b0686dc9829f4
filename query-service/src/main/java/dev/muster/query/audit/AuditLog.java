package dev.muster.query.audit;

import dev.muster.events.audit.SealedEvent;
import dev.muster.query.store.ReadStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Reads the log as it is signed. */
@Component
public final class AuditLog {

  private final ReadStore store;

  AuditLog(ReadStore store) {
    this.store = store;
  }

  /**
   * A signed checkpoint.
   *
   * @param size entries that it commits to
   * @param note the text and its signatures
   */
  public record Signed(long size, String note) {}

  /** The newest; empty when nothing was signed yet. */
  public Optional<Signed> checkpoint() {
    return store
        .find(NoteRow.class, NoteRow.CHECKPOINT)
        .map(row -> new Signed(row.size(), row.text()));
  }

  /** What signatures are checked with; empty when nobody has signed yet. */
  public Optional<String> key() {
    return store.find(NoteRow.class, NoteRow.KEY).map(NoteRow::text);
  }

  /**
   * Hashes of a tile.
   *
   * @param width how many, of those that a tree of that size has; fewer when it has fewer
   */
  public List<byte[]> hashes(int level, long tile, int width, long size) {
    var there = there(level, tile, size);
    return there < width
        ? List.of()
        : store.read(mongo -> TreeHashes.read(mongo, level, tile * TreeHashes.WIDTH, width));
  }

  /** Entries of a bundle; none when a tree of that size has fewer. */
  public List<SealedEvent> entries(long bundle, int width, long size) {
    if (there(0, bundle, size) < width) {
      return List.of();
    }
    var first = bundle * TreeHashes.WIDTH;
    var ids = LongStream.range(first, first + width).mapToObj(EntryRow::id).toList();
    var query = Query.query(Criteria.where("_id").in(ids));
    return store.read(mongo -> mongo.find(query, EntryRow.class)).stream()
        .sorted(Comparator.comparing(EntryRow::id))
        .map(EntryRow::sealed)
        .toList();
  }

  /** How many hashes of a tile a tree of that size has. */
  private static long there(int level, long tile, long size) {
    var shift = level * TreeHashes.HEIGHT;
    var ofLevel = shift >= Long.SIZE - 1 ? 0 : size >> shift;
    return ofLevel / TreeHashes.WIDTH < tile
        ? 0
        : Math.min(TreeHashes.WIDTH, ofLevel - tile * TreeHashes.WIDTH);
  }
}
