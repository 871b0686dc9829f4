package dev.muster.command.region;

import dev.muster.command.topic.WholeTopic;
import dev.muster.events.codec.Json;
import dev.muster.events.host.HostAnnouncement;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.ops.ready.ReadinessCheck;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** The regions that have a host, as the workers announce them. */
@Component
public final class Regions extends WholeTopic implements ReadinessCheck {

  private final Map<String, String> regionOfHost = new ConcurrentHashMap<>();

  Regions(KafkaClients kafka) {
    super(kafka, Topics.HOSTS, "host-reader");
  }

  /** In alphabetical order; empty as long as no worker has announced a host. */
  public SortedSet<String> served() {
    return new TreeSet<>(regionOfHost.values());
  }

  @Override
  public String part() {
    return "regions";
  }

  @Override
  public Optional<String> missing() {
    return regionOfHost.isEmpty()
        ? Optional.of("no worker has announced a host yet")
        : Optional.empty();
  }

  @Override
  protected void take(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      regionOfHost.remove(record.key());
    } else {
      var host = Json.read(record.value(), HostAnnouncement.class);
      regionOfHost.put(record.key(), host.region());
    }
  }
}
