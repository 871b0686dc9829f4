package dev.muster.query.health;

import dev.muster.events.instance.InstanceState;
import dev.muster.events.instance.Run;
import dev.muster.events.view.HealthView;
import dev.muster.query.store.ReadStore;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Reads the newest samples. */
@Component
public final class Healths {

  private final ReadStore store;
  private final HostHeartbeats heartbeats;
  private final Clock clock = Clock.systemUTC();

  Healths(ReadStore store, HostHeartbeats heartbeats) {
    this.store = store;
    this.heartbeats = heartbeats;
  }

  /** By instance id; an instance without a heartbeat is missing. */
  public Map<String, HealthView> of(Collection<InstanceState> instances) {
    var runs = new HashMap<String, @Nullable Run>();
    instances.forEach(instance -> runs.put(instance.instanceId(), instance.run()));
    var query = Query.query(Criteria.where("_id").in(runs.keySet()));
    var now = clock.instant();
    return store.read(mongo -> mongo.find(query, HealthRow.class)).stream()
        .collect(
            Collectors.toMap(
                HealthRow::id, row -> row.view(runs.get(row.id()), heartbeats::of, now)));
  }
}
