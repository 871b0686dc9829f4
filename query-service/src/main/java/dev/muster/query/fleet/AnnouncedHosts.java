package dev.muster.query.fleet;

import dev.muster.events.codec.Json;
import dev.muster.events.host.HostAnnouncement;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.topic.CompactedTopicTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The hosts that workers have announced. */
@Component
public final class AnnouncedHosts implements CompactedTopicTable {

  /** A host that has missed several announcements is away. */
  private static final Duration PRESENT = HostAnnouncement.INTERVAL.multipliedBy(3);

  private final Map<String, HostAnnouncement> announced = new ConcurrentHashMap<>();

  /** Those that were announced within ten minutes, by name. */
  public List<HostAnnouncement> seen(Instant now) {
    var oldest = now.minus(HostAnnouncement.GONE_AFTER);
    return announced.values().stream()
        .filter(host -> host.at().isAfter(oldest))
        .sorted(Comparator.comparing(HostAnnouncement::name))
        .toList();
  }

  /** How instances run on that host, however long ago it was announced. */
  public Optional<String> driver(String name) {
    return Optional.ofNullable(announced.get(name)).map(HostAnnouncement::driver);
  }

  /** Whether it was announced within 90 seconds. */
  public static boolean isPresent(HostAnnouncement host, Instant now) {
    return host.at().isAfter(now.minus(PRESENT));
  }

  @Override
  public String topic() {
    return Topics.HOSTS;
  }

  @Override
  public void put(String key, byte[] value, long offset) {
    announced.put(key, Json.read(value, HostAnnouncement.class));
  }

  @Override
  public void remove(String key) {
    announced.remove(key);
  }

  @Override
  public void clear() {
    announced.clear();
  }
}
