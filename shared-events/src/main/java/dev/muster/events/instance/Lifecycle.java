package dev.muster.events.instance;

import static dev.muster.events.instance.OperationKind.DELETE;
import static dev.muster.events.instance.OperationKind.PAUSE;
import static dev.muster.events.instance.OperationKind.RESTART;
import static dev.muster.events.instance.OperationKind.RESUME;
import static dev.muster.events.instance.Stage.COMPLETED;
import static dev.muster.events.instance.Stage.CREATING;
import static dev.muster.events.instance.Stage.DELETED;
import static dev.muster.events.instance.Stage.ERROR;
import static dev.muster.events.instance.Stage.PAUSED;
import static dev.muster.events.instance.Stage.RUNNING;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one table of what each stage allows. The aggregate decides by it, refusals are worded from
 * it, and docs/lifecycle.md is checked against it.
 */
public final class Lifecycle {

  /** What becomes of an operation asked for in a given stage. */
  public enum Verdict {
    /** The operation goes to a host. */
    ALLOWED,
    /** The instance is as wanted already; nothing is written. */
    ALREADY,
    /** The status does not allow it. */
    REFUSED
  }

  private static final Map<Stage, Set<OperationKind>> ALLOWED =
      Map.of(
          CREATING, EnumSet.of(DELETE),
          RUNNING, EnumSet.of(PAUSE, RESTART, DELETE),
          PAUSED, EnumSet.of(RESUME, RESTART, DELETE),
          ERROR, EnumSet.of(RESTART, DELETE),
          COMPLETED, EnumSet.of(RESTART, DELETE),
          DELETED, EnumSet.noneOf(OperationKind.class));

  private static final Map<OperationKind, Stage> WANTED =
      Map.of(PAUSE, PAUSED, RESUME, RUNNING, DELETE, DELETED);

  private Lifecycle() {}

  public static Verdict verdict(Stage stage, OperationKind kind) {
    if (WANTED.get(kind) == stage) {
      return Verdict.ALREADY;
    }
    return allowed(stage).contains(kind) ? Verdict.ALLOWED : Verdict.REFUSED;
  }

  /** The operations a stage allows, in the order of {@link OperationKind}. */
  public static Set<OperationKind> allowed(Stage stage) {
    return Collections.unmodifiableSet(ALLOWED.getOrDefault(stage, Set.of()));
  }

  /** One sentence for a person: what the status is, and what could be done instead. */
  public static String refusal(Stage stage, OperationKind kind) {
    var allowed = allowed(stage);
    var instead =
        allowed.isEmpty()
            ? "allows nothing more"
            : "allows "
                + allowed.stream().map(OperationKind::toString).collect(Collectors.joining(", "));
    return "status %s does not allow %s; it %s".formatted(stage, kind, instead);
  }
}
