package dev.muster.query.key;

import dev.muster.events.access.KeyUse;
import dev.muster.events.codec.Json;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.topic.CompactedTopicTable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** When each API key was seen last, by any service. */
@Component
final class LastUses implements CompactedTopicTable {

  private final Map<String, Instant> uses = new ConcurrentHashMap<>();

  Optional<Instant> of(String keyId) {
    return Optional.ofNullable(uses.get(keyId));
  }

  @Override
  public String topic() {
    return Topics.KEY_USES;
  }

  @Override
  public void put(String key, byte[] value, long offset) {
    var at = Json.read(value, KeyUse.class).at();
    uses.merge(key, at, (one, other) -> one.isAfter(other) ? one : other);
  }

  @Override
  public void remove(String key) {
    uses.remove(key);
  }

  @Override
  public void clear() {
    uses.clear();
  }
}
