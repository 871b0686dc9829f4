package dev.muster.query.health;

import dev.muster.events.view.HealthView;
import dev.muster.query.store.ReadStore;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Reads the newest samples. */
@Component
public final class Healths {

  private final ReadStore store;

  Healths(ReadStore store) {
    this.store = store;
  }

  /** By instance id; an instance without a heartbeat is missing. */
  public Map<String, HealthView> of(Collection<String> instanceIds) {
    var query = Query.query(Criteria.where("_id").in(instanceIds));
    return store.read(mongo -> mongo.find(query, HealthRow.class)).stream()
        .collect(Collectors.toMap(HealthRow::id, HealthRow::view));
  }
}
