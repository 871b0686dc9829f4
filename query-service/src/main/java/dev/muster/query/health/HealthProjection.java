package dev.muster.query.health;

import dev.muster.events.codec.HealthRecords;
import dev.muster.events.codec.UnreadableMessageException;
import dev.muster.events.health.HealthReport;
import dev.muster.events.health.HealthSample;
import dev.muster.events.health.HostHeartbeat;
import dev.muster.kafka.projection.PartitionRecords;
import dev.muster.kafka.projection.ProjectedBatch;
import dev.muster.kafka.projection.Projection;
import dev.muster.query.store.Upserts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Keeps the newest sample of each instance and the newest heartbeat of each host. */
@Component
final class HealthProjection implements Projection {

  private static final Logger log = LoggerFactory.getLogger(HealthProjection.class);

  private final Upserts upserts;

  HealthProjection(Upserts upserts) {
    this.upserts = upserts;
  }

  @Override
  public ProjectedBatch prepare(List<PartitionRecords> parts) {
    var samples = new HashMap<String, HealthRow>();
    var heartbeats = new HashMap<String, HostHeartbeatRow>();
    for (var part : parts) {
      for (var record : part.records()) {
        switch (read(record).orElse(null)) {
          case HealthSample sample ->
              samples.merge(sample.instanceId(), HealthRow.of(sample), HealthRow::newer);
          case HostHeartbeat heartbeat ->
              heartbeats.merge(
                  heartbeat.host(), HostHeartbeatRow.of(heartbeat), HostHeartbeatRow::newer);
          case null -> {}
        }
      }
    }
    return new HealthWork(PartitionRecords.withoutPositions(parts), samples, heartbeats);
  }

  private final class HealthWork implements ProjectedBatch {

    private final Map<Integer, Long> newest;
    private final Map<String, HealthRow> samples;
    private final Map<String, HostHeartbeatRow> heartbeats;

    HealthWork(
        Map<Integer, Long> newest,
        Map<String, HealthRow> samples,
        Map<String, HostHeartbeatRow> heartbeats) {
      this.newest = newest;
      this.samples = samples;
      this.heartbeats = heartbeats;
    }

    @Override
    public Map<Integer, Long> newest() {
      return newest;
    }

    @Override
    public void write() {
      upserts.replace(HealthRow.class, samples);
      upserts.replace(HostHeartbeatRow.class, heartbeats);
    }
  }

  /** Empty for a tombstone: what a deleted instance last said stays readable. */
  private static Optional<HealthReport> read(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(HealthRecords.read(record.key(), record.value()));
    } catch (UnreadableMessageException e) {
      log.error(
          "health record cannot be read and is skipped. key={} partition={} offset={}"
              + " error=\"{}\"",
          record.key(),
          record.partition(),
          record.offset(),
          e.getMessage());
      return Optional.empty();
    }
  }
}
