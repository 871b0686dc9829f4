package dev.muster.query.audit;

import dev.muster.events.audit.SealedEvent;
import dev.muster.query.store.ReadStore;
import java.util.List;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Finds entries, in the order of the log. */
@Component
public final class AuditSearch {

  private final ReadStore store;

  AuditSearch(ReadStore store) {
    this.store = store;
  }

  /**
   * Up to {@code count} events that fit, oldest first.
   *
   * @param after index that all of them come after, -1 to begin with the first
   */
  public List<SealedEvent> find(AuditFilter filter, long after, int count) {
    var criteria = filter.criteria();
    var query =
        Query.query(after < 0 ? criteria : criteria.and("_id").gt(EntryRow.id(after)))
            .with(Sort.by(Sort.Direction.ASC, "_id"))
            .limit(count);
    return store.read(mongo -> mongo.find(query, EntryRow.class)).stream()
        .map(EntryRow::sealed)
        .toList();
  }

  /** The index of the newest entry that there is, or -1. */
  public long newest() {
    var query = new Query().with(Sort.by(Sort.Direction.DESC, "_id")).limit(1);
    return store.read(mongo -> mongo.find(query, EntryRow.class)).stream()
        .mapToLong(EntryRow::index)
        .findFirst()
        .orElse(-1);
  }
}
