package dev.muster.query.health;

import dev.muster.events.health.HostHeartbeat;
import dev.muster.query.store.VersionedRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Criteria;

/** The newest heartbeat of a host in the read store. */
@Document("host_heartbeats")
record HostHeartbeatRow(@Id String host, long sinceMicros, long atMicros) implements VersionedRow {

  static HostHeartbeatRow of(HostHeartbeat heartbeat) {
    return new HostHeartbeatRow(
        heartbeat.host(), micros(heartbeat.since()), micros(heartbeat.at()));
  }

  static HostHeartbeatRow newer(HostHeartbeatRow one, HostHeartbeatRow other) {
    return other.atMicros() > one.atMicros() ? other : one;
  }

  @Override
  public Criteria replaceable() {
    return Criteria.where("at_micros").lte(atMicros);
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
