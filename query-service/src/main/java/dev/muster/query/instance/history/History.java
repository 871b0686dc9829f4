package dev.muster.query.instance.history;

import dev.muster.events.codec.EventCodec;
import dev.muster.events.instance.InstanceState;
import dev.muster.query.store.ReadStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Reads histories. Sequences have no gaps, so a stretch of one is a list of ids. */
@Component
public final class History {

  private static final int CHUNK = 500;

  private final ReadStore store;
  private final EventCodec codec = new EventCodec();

  History(ReadStore store) {
    this.store = store;
  }

  /** Up to {@code count} events after the sequence {@code after}, oldest first. */
  List<HistoryRow> after(String instanceId, long after, int count) {
    var ids =
        LongStream.rangeClosed(after + 1, after + count)
            .mapToObj(sequence -> HistoryRow.id(instanceId, sequence))
            .toList();
    var query = Query.query(Criteria.where("_id").in(ids));
    return store.read(mongo -> mongo.find(query, HistoryRow.class)).stream()
        .sorted(Comparator.comparingLong(HistoryRow::sequence))
        .toList();
  }

  /** Whether anything ever happened to that instance. */
  public boolean knows(String instanceId) {
    return !after(instanceId, 0, 1).isEmpty();
  }

  /** When the event at that position happened, or the nearest one before it that is known. */
  public Optional<Instant> timeAt(long position) {
    var query =
        Query.query(Criteria.where("position").lte(position))
            .with(Sort.by(Sort.Direction.DESC, "position"))
            .limit(1);
    return store.read(mongo -> mongo.find(query, HistoryRow.class)).stream()
        .map(HistoryRow::occurredAt)
        .findFirst();
  }

  /** The instance as it was at a moment; empty when it did not exist yet, or never. */
  public Optional<InstanceState> asOf(String instanceId, AsOfTime moment) {
    return foldWhile(instanceId, row -> !row.occurredAt().isAfter(moment.at()));
  }

  /**
   * The instance as its first {@code version} events made it, or as it is when it has fewer; empty
   * when there is none.
   */
  public Optional<InstanceState> upToVersion(String instanceId, long version) {
    return foldWhile(instanceId, row -> row.sequence() <= version);
  }

  /** When the first thing happened to that instance. */
  public Optional<Instant> beginning(String instanceId) {
    return after(instanceId, 0, 1).stream().map(HistoryRow::occurredAt).findFirst();
  }

  private Optional<InstanceState> foldWhile(String instanceId, Predicate<HistoryRow> within) {
    @Nullable InstanceState state = null;
    for (long after = 0; ; after += CHUNK) {
      var rows = after(instanceId, after, CHUNK);
      for (var row : rows) {
        if (!within.test(row)) {
          return Optional.ofNullable(state);
        }
        state = InstanceState.fold(state, codec.decode(row.encoded()));
      }
      if (rows.size() < CHUNK) {
        return Optional.ofNullable(state);
      }
    }
  }
}
