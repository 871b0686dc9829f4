package dev.muster.events.instance;

import static dev.muster.events.instance.InstanceStatus.CREATING;
import static dev.muster.events.instance.InstanceStatus.ERROR;
import static dev.muster.events.instance.InstanceStatus.PAUSED;
import static dev.muster.events.instance.InstanceStatus.RUNNING;
import static dev.muster.events.instance.InstanceStatus.STOPPED;
import static dev.muster.events.instance.OperationKind.DELETE;
import static dev.muster.events.instance.OperationKind.PAUSE;
import static dev.muster.events.instance.OperationKind.RESTART;
import static dev.muster.events.instance.OperationKind.RESUME;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one table of what each status allows. The aggregate decides by it, refusals are worded from
 * it, and docs/lifecycle.md is checked against it.
 */
public final class Lifecycle {

  /** What becomes of an operation asked for in a given status. */
  public enum Verdict {
    /** The operation goes to a host. */
    ALLOWED,
    /** The instance is as wanted already; nothing is written. */
    ALREADY,
    /** The status does not allow it. */
    REFUSED
  }

  private static final Map<InstanceStatus, Set<OperationKind>> ALLOWED =
      Map.of(
          CREATING, EnumSet.of(DELETE),
          RUNNING, EnumSet.of(PAUSE, RESTART, DELETE),
          PAUSED, EnumSet.of(RESUME, RESTART, DELETE),
          ERROR, EnumSet.of(RESTART, DELETE),
          STOPPED, EnumSet.noneOf(OperationKind.class));

  private static final Map<OperationKind, InstanceStatus> WANTED =
      Map.of(PAUSE, PAUSED, RESUME, RUNNING, DELETE, STOPPED);

  private Lifecycle() {}

  public static Verdict verdict(InstanceStatus status, OperationKind kind) {
    if (WANTED.get(kind) == status) {
      return Verdict.ALREADY;
    }
    return allowed(status).contains(kind) ? Verdict.ALLOWED : Verdict.REFUSED;
  }

  /** The operations a status allows, in the order of {@link OperationKind}. */
  public static Set<OperationKind> allowed(InstanceStatus status) {
    return Collections.unmodifiableSet(ALLOWED.getOrDefault(status, Set.of()));
  }

  /** One sentence for a person: what the status is, and what could be done instead. */
  public static String refusal(InstanceStatus status, OperationKind kind) {
    var allowed = allowed(status);
    var instead =
        allowed.isEmpty()
            ? "allows nothing more"
            : "allows "
                + allowed.stream().map(OperationKind::toString).collect(Collectors.joining(", "));
    return "status %s does not allow %s; it %s".formatted(status, kind, instead);
  }
}
