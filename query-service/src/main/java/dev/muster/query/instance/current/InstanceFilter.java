package dev.muster.query.instance.current;

import dev.muster.events.instance.InstanceStatus;
import dev.muster.events.instance.Labels;
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
 * @param labels terms of {@link Labels}, all of which have to be there
 */
record InstanceFilter(
    List<String> stages, @Nullable String region, String namePrefix, List<String> labels) {

  private static final String ALL = "all";

  private static final List<String> EVERY = those(_ -> true);

  /** Deleted instances are left out unless asked for. */
  private static final List<String> UNASKED = those(stage -> stage != Stage.DELETED);

  /**
   * @param label a selector, as {@link Labels#selector} reads it
   * @throws ProblemException 400 when there is no such status, or the selector makes no sense
   */
  static InstanceFilter of(
      @Nullable String status,
      @Nullable String region,
      @Nullable String name,
      @Nullable String label) {
    return new InstanceFilter(
        stages(status), region, name == null ? "" : name, label == null ? List.of() : terms(label));
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
    if (!labels.isEmpty()) {
      // An index knows the first; the others are looked for among what that finds.
      criteria = criteria.and("labels").is(labels.getFirst());
      var others = labels.stream().skip(1).map(term -> Criteria.where("labels").is(term)).toList();
      criteria = others.isEmpty() ? criteria : criteria.andOperator(others);
    }
    return criteria;
  }

  private static List<String> terms(String selector) {
    return Labels.selector(selector)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "label is '%s'; it takes key=value or key, with commas between"
                        .formatted(selector)));
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
