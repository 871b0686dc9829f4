package dev.muster.query.instance.current;

import dev.muster.events.instance.InstanceState;
import dev.muster.query.store.ReadStore;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Reads instances as they are now. */
@Component
final class CurrentInstances {

  private final ReadStore store;

  CurrentInstances(ReadStore store) {
    this.store = store;
  }

  Optional<InstanceState> find(String id) {
    return store.find(InstanceRow.class, id).map(InstanceRow::folded);
  }

  /**
   * Newest first, which is by id downwards: ids are time-ordered.
   *
   * @param before id that all of them are older than, or null to begin with the newest
   */
  List<InstanceState> list(InstanceFilter filter, @Nullable String before, int count) {
    var criteria = filter.criteria();
    var query =
        Query.query(before == null ? criteria : criteria.and("_id").lt(before))
            .with(Sort.by(Sort.Direction.DESC, "_id"))
            .limit(count);
    return store.read(mongo -> mongo.find(query, InstanceRow.class)).stream()
        .map(InstanceRow::folded)
        .toList();
  }

  static ProblemException notFound(String id) {
    return new ProblemException(ProblemType.NOT_FOUND, "there is no instance '%s'".formatted(id));
  }
}
