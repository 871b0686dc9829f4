package dev.muster.query.health;

import dev.muster.events.codec.Json;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.health.HealthSample;
import dev.muster.query.feed.PartitionRecords;
import dev.muster.query.feed.ProjectedBatch;
import dev.muster.query.feed.Projection;
import dev.muster.query.store.Upserts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Keeps the newest sample of each instance, whatever order samples come in. */
@Component
final class HealthProjection implements Projection {

  private static final Logger log = LoggerFactory.getLogger(HealthProjection.class);

  private final Upserts upserts;

  HealthProjection(Upserts upserts) {
    this.upserts = upserts;
  }

  @Override
  public ProjectedBatch prepare(List<PartitionRecords> parts) {
    var newest = new HashMap<String, HealthRow>();
    for (var part : parts) {
      for (var record : part.records()) {
        read(record).ifPresent(row -> newest.merge(row.id(), row, HealthProjection::newer));
      }
    }
    return new HealthWork(PartitionRecords.withoutPositions(parts), newest);
  }

  private final class HealthWork implements ProjectedBatch {

    private final Map<Integer, Long> newest;
    private final Map<String, HealthRow> rows;

    HealthWork(Map<Integer, Long> newest, Map<String, HealthRow> rows) {
      this.newest = newest;
      this.rows = rows;
    }

    @Override
    public Map<Integer, Long> newest() {
      return newest;
    }

    @Override
    public void write() {
      upserts.replace(HealthRow.class, rows);
    }
  }

  private static HealthRow newer(HealthRow one, HealthRow other) {
    return other.lastHeartbeatMicros() > one.lastHeartbeatMicros() ? other : one;
  }

  /** Empty for a tombstone: what a deleted instance last said stays readable. */
  private static Optional<HealthRow> read(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(HealthRow.of(Json.read(record.value(), HealthSample.class)));
    } catch (UnreadableMessageException e) {
      log.error(
          "health sample cannot be read and is skipped. instance_id={} partition={} offset={}"
              + " error=\"{}\"",
          record.key(),
          record.partition(),
          record.offset(),
          e.getMessage());
      return Optional.empty();
    }
  }
}
