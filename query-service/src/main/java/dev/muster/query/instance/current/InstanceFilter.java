package dev.muster.query.instance.current;

import dev.muster.events.instance.InstanceStatus;
import dev.muster.events.instance.Stage;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;

/**
 * Which instances a list holds.
 *
 * @param stages any of these, or every one when empty
 * @param region exactly this one, or any when null
 * @param namePrefix literal text that names begin with; empty for any
 */
record InstanceFilter(List<String> stages, @Nullable String region, String namePrefix) {

  private static final String ALL = "all";

  private static final List<String> EVERY = those(_ -> true);

  /** Deleted instances are left out unless asked for. */
  private static final List<String> UNASKED = those(stage -> stage != Stage.DELETED);

  /**
   * @throws ProblemException 400 when there is no such status
   */
  static InstanceFilter of(
      @Nullable String status, @Nullable String region, @Nullable String name) {
    return new InstanceFilter(stages(status), region, name == null ? "" : name);
  }

  Criteria criteria() {
    var criteria = new Criteria();
    if (region != null) {
      // With the stages named, every one of them, an index has the rows in order.
      criteria = criteria.and("region").is(region).and("status").in(named());
    } else if (!stages.isEmpty()) {
      criteria = criteria.and("status").in(stages);
    }
    if (!namePrefix.isEmpty()) {
      criteria = NamePrefix.restrict(criteria.and("name"), namePrefix);
    }
    return criteria;
  }

  private List<String> named() {
    return stages.isEmpty() ? EVERY : stages;
  }

  private static List<String> stages(@Nullable String status) {
    if (status == null) {
      return UNASKED;
    }
    if (status.equals(ALL)) {
      return List.of();
    }
    return InstanceStatus.find(status)
        .map(found -> those(stage -> stage.status() == found))
        .orElseThrow(() -> unknown(status));
  }

  private static List<String> those(Predicate<Stage> wanted) {
    return Arrays.stream(Stage.values()).filter(wanted).map(Stage::stored).toList();
  }

  private static ProblemException unknown(String status) {
    return new ProblemException(
        ProblemType.INVALID_REQUEST,
        "status is '%s'; it takes %s or all".formatted(status, InstanceStatus.names()));
  }
}
