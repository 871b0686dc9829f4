package dev.muster.events.codec;

import dev.muster.events.health.HealthReport;
import dev.muster.events.health.HealthSample;
import dev.muster.events.health.HostHeartbeat;
import dev.muster.events.kafka.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records of the topic of health: the newest of each instance and of each host stays. */
public final class HealthRecords {

  /** No instance id begins like this. */
  private static final String HOST = "host/";

  private HealthRecords() {}

  public static ProducerRecord<String, byte[]> write(HealthReport report) {
    return new ProducerRecord<>(Topics.INSTANCE_HEALTH, key(report), Json.write(report));
  }

  /**
   * @throws UnreadableMessageException when the value is not what the key promises
   */
  public static HealthReport read(String key, byte[] value) {
    return key.startsWith(HOST)
        ? Json.read(value, HostHeartbeat.class)
        : Json.read(value, HealthSample.class);
  }

  private static String key(HealthReport report) {
    return switch (report) {
      case HealthSample sample -> sample.instanceId();
      case HostHeartbeat heartbeat -> HOST + heartbeat.host();
    };
  }
}
