package dev.muster.query.instance.current;

import dev.muster.events.instance.InstanceStatus;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;

/**
 * Which instances a list holds.
 *
 * @param statuses any of these, or every one when empty
 * @param region exactly this one, or any when null
 * @param namePrefix literal text that names begin with; empty for any
 */
record InstanceFilter(List<String> statuses, @Nullable String region, String namePrefix) {

  private static final String ALL = "all";

  private static final List<String> EVERY =
      Arrays.stream(InstanceStatus.values()).map(InstanceStatus::toString).toList();

  /** What is left out unless asked for: instances that are no more. */
  private static final List<String> UNASKED =
      EVERY.stream().filter(status -> !status.equals(InstanceStatus.STOPPED.toString())).toList();

  /**
   * @throws ProblemException 400 when there is no such status
   */
  static InstanceFilter of(
      @Nullable String status, @Nullable String region, @Nullable String name) {
    return new InstanceFilter(statuses(status), region, name == null ? "" : name);
  }

  Criteria criteria() {
    var criteria = new Criteria();
    if (region != null) {
      // With the statuses named, every one of them, an index has the rows in order.
      criteria = criteria.and("region").is(region).and("status").in(named());
    } else if (!statuses.isEmpty()) {
      criteria = criteria.and("status").in(statuses);
    }
    if (!namePrefix.isEmpty()) {
      criteria = NamePrefix.restrict(criteria.and("name"), namePrefix);
    }
    return criteria;
  }

  private List<String> named() {
    return statuses.isEmpty() ? EVERY : statuses;
  }

  private static List<String> statuses(@Nullable String status) {
    if (status == null) {
      return UNASKED;
    }
    if (status.equals(ALL)) {
      return List.of();
    }
    return InstanceStatus.find(status)
        .map(found -> List.of(found.toString()))
        .orElseThrow(() -> unknown(status));
  }

  private static ProblemException unknown(String status) {
    return new ProblemException(
        ProblemType.INVALID_REQUEST,
        "status is '%s'; it takes %s or all".formatted(status, InstanceStatus.names()));
  }
}
