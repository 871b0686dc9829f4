package dev.muster.query.projection;

import dev.muster.query.instance.history.HistoryRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/** A history read forwards, a stretch at a time. */
final class HistoryAfter {

  private static final int STRETCH = 500;

  private final MongoOperations mongo;
  private final Map<Long, HistoryRow> stretch = new HashMap<>();
  private long end;

  HistoryAfter(MongoOperations mongo) {
    this.mongo = mongo;
  }

  /** The event of that sequence, when it is stored. Sequences are asked for in order. */
  Optional<HistoryRow> at(String instanceId, long sequence) {
    if (sequence >= end) {
      end = sequence + STRETCH;
      stretch.clear();
      var ids =
          LongStream.range(sequence, end)
              .mapToObj(next -> HistoryRow.id(instanceId, next))
              .toList();
      mongo
          .find(Query.query(Criteria.where("_id").in(ids)), HistoryRow.class)
          .forEach(row -> stretch.put(row.sequence(), row));
    }
    return Optional.ofNullable(stretch.get(sequence));
  }
}
