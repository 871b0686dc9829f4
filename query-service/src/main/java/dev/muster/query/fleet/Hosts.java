package dev.muster.query.fleet;

import dev.muster.events.codec.Json;
import dev.muster.events.host.HostAnnouncement;
import dev.muster.events.kafka.Topics;
import dev.muster.query.topic.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The hosts that workers have announced. */
@Component
public final class Hosts implements Table {

  private final Map<String, HostAnnouncement> announced = new ConcurrentHashMap<>();

  /** All of them, by name. */
  public List<HostAnnouncement> all() {
    return announced.values().stream()
        .sorted(Comparator.comparing(HostAnnouncement::name))
        .toList();
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
