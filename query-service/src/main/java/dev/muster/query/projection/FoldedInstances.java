package dev.muster.query.projection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.instance.Weight;
import dev.muster.query.instance.current.InstanceRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** The states that the read store has, the recently used ones in memory. */
@Component
final class FoldedInstances {

  private static final long KEPT_BYTES = 48 << 20;

  private record Kept(int partition, InstanceState state) {}

  private final MongoOperations mongo;
  private final Cache<String, Kept> kept =
      Caffeine.newBuilder()
          .maximumWeight(KEPT_BYTES)
          .weigher((String _, Kept known) -> Weight.of(known.state()))
          .build();

  FoldedInstances(MongoOperations mongo) {
    this.mongo = mongo;
  }

  /**
   * The stored states by instance id; an instance that has none is missing.
   *
   * @param fills the filling of its partition, by instance id; rows of another do not count
   */
  Map<String, InstanceState> of(Map<String, String> fills) {
    var states = new HashMap<String, InstanceState>();
    var unknown = new HashSet<String>();
    for (var id : fills.keySet()) {
      var known = kept.getIfPresent(id);
      if (known == null) {
        unknown.add(id);
      } else {
        states.put(id, known.state());
      }
    }
    if (!unknown.isEmpty()) {
      load(unknown, fills, states);
    }
    return states;
  }

  void keep(int partition, Collection<InstanceState> states) {
    states.forEach(state -> kept.put(state.instanceId(), new Kept(partition, state)));
  }

  void forget(int partition) {
    kept.asMap().values().removeIf(known -> known.partition() == partition);
  }

  private void load(
      Collection<String> ids, Map<String, String> fills, Map<String, InstanceState> states) {
    var query = Query.query(Criteria.where("_id").in(ids));
    for (var row : mongo.find(query, InstanceRow.class)) {
      if (row.fill().equals(fills.get(row.id()))) {
        states.put(row.id(), row.folded());
      }
    }
  }
}
