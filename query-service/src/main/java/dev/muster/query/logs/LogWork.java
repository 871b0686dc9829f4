package dev.muster.query.logs;

import dev.muster.kafka.projection.Position;
import dev.muster.kafka.projection.ProjectedBatch;
import dev.muster.query.store.Upserts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.data.mongodb.core.MongoOperations;

/** Rows to be written, by instance, and older ones that go for them. */
final class LogWork implements ProjectedBatch {

  private final MongoOperations mongo;
  private final Upserts upserts;
  private final NewestLogRows remembered;
  private final long kept;
  private final Map<Integer, Long> newest;
  private final Map<String, List<LogRow>> rows;

  LogWork(
      MongoOperations mongo,
      Upserts upserts,
      NewestLogRows remembered,
      long kept,
      Map<Integer, Long> newest,
      Map<String, List<LogRow>> rows) {
    this.mongo = mongo;
    this.upserts = upserts;
    this.remembered = remembered;
    this.kept = kept;
    this.newest = newest;
    this.rows = rows;
  }

  @Override
  public Map<Integer, Long> newest() {
    return newest;
  }

  @Override
  public void write() {
    upserts.replace(LogRow.class, LogProjection.byId(rows));
  }

  @Override
  public void written(Collection<Position> reached) {
    rows.forEach(
        (instanceId, written) -> {
          remembered.put(instanceId, written.getLast());
          trim(instanceId, written.getLast().end() - kept);
        });
  }

  // Not for every row that is added: it takes two reads.
  private void trim(String instanceId, long to) {
    if (to - remembered.trimmedTo(instanceId) > kept / 8) {
      LogRows.idAt(mongo, instanceId, to)
          .ifPresent(id -> LogRows.removeBefore(mongo, instanceId, id));
      remembered.trimmed(instanceId, to);
    }
  }
}
