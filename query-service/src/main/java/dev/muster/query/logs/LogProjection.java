package dev.muster.query.logs;

import dev.muster.events.codec.Json;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.log.LogChunk;
import dev.muster.kafka.projection.CommittedOffset;
import dev.muster.kafka.projection.PartitionRecords;
import dev.muster.kafka.projection.Position;
import dev.muster.kafka.projection.ProjectedBatch;
import dev.muster.kafka.projection.Projection;
import dev.muster.query.store.Upserts;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Keeps the newest lines of each instance, each once. */
@Component
final class LogProjection implements Projection {

  private static final Logger log = LoggerFactory.getLogger(LogProjection.class);

  private final MongoOperations mongo;
  private final Upserts upserts;
  private final long kept;
  private final NewestLogRows newest = new NewestLogRows();

  LogProjection(MongoOperations mongo, Upserts upserts, LogSettings settings) {
    this.mongo = mongo;
    this.upserts = upserts;
    this.kept = settings.kept().toBytes();
  }

  @Override
  public ProjectedBatch prepare(List<PartitionRecords> parts) {
    var chunks = new LinkedHashMap<String, LogRowAppender>();
    for (var part : parts) {
      for (var record : part.records()) {
        read(record)
            .ifPresent(
                chunk -> chunks.computeIfAbsent(chunk.instanceId(), this::appending).add(chunk));
      }
    }
    var rows = new HashMap<String, List<LogRow>>();
    chunks.forEach((instanceId, appending) -> rows.put(instanceId, appending.rows()));
    rows.values().removeIf(List::isEmpty);
    return new LogWork(
        mongo, upserts, newest, kept, PartitionRecords.withoutPositions(parts), rows);
  }

  private LogRowAppender appending(String instanceId) {
    @Nullable LogRow row =
        newest.of(instanceId).or(() -> LogRows.newest(mongo, instanceId)).orElse(null);
    return new LogRowAppender(row == null ? null : row.chunk());
  }

  @Override
  public void claimed(Position position, CommittedOffset offset) {
    newest.forget();
  }

  @Override
  public void released(int partition) {
    newest.forget();
  }

  private static Optional<LogChunk> read(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(record.value(), LogChunk.class))
          .filter(chunk -> chunk.instanceId().equals(record.key()));
    } catch (UnreadableMessageException e) {
      log.error(
          "lines cannot be read and are skipped. instance_id={} partition={} offset={}"
              + " error=\"{}\"",
          record.key(),
          record.partition(),
          record.offset(),
          e.getMessage());
      return Optional.empty();
    }
  }

  /** By instance, for the work that writes them. */
  static Map<String, LogRow> byId(Map<String, List<LogRow>> rows) {
    return rows.values().stream()
        .flatMap(List::stream)
        .collect(Collectors.toMap(LogRow::id, row -> row));
  }
}
