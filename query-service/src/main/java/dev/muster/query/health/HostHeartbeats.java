package dev.muster.query.health;

import dev.muster.query.store.ReadStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The newest heartbeats of all hosts, a second old at most: there are few of them. */
@Component
final class HostHeartbeats {

  private static final long FRESH = Duration.ofSeconds(1).toNanos();

  private record Loaded(Map<String, HostHeartbeatRow> byHost, long nanos) {}

  private final ReadStore store;
  private volatile Loaded loaded = new Loaded(Map.of(), System.nanoTime() - FRESH);

  HostHeartbeats(ReadStore store) {
    this.store = store;
  }

  Optional<HostHeartbeatRow> of(String host) {
    var now = loaded;
    if (System.nanoTime() - now.nanos() >= FRESH) {
      now = load();
    }
    return Optional.ofNullable(now.byHost().get(host));
  }

  private Loaded load() {
    var nanos = System.nanoTime();
    var rows = store.read(mongo -> mongo.findAll(HostHeartbeatRow.class));
    var newest =
        new Loaded(
            rows.stream().collect(Collectors.toMap(HostHeartbeatRow::host, row -> row)), nanos);
    loaded = newest;
    return newest;
  }
}
