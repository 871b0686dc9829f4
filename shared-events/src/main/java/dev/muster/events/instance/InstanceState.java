package dev.muster.events.instance;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.events.instance.InstanceEvent.CreationRequested;
import dev.muster.events.instance.InstanceEvent.InstanceCompleted;
import dev.muster.events.instance.InstanceEvent.InstanceFailed;
import dev.muster.events.instance.InstanceEvent.InstancePaused;
import dev.muster.events.instance.InstanceEvent.InstanceRestarted;
import dev.muster.events.instance.InstanceEvent.InstanceResumed;
import dev.muster.events.instance.InstanceEvent.InstanceStarted;
import dev.muster.events.instance.InstanceEvent.InstanceTerminated;
import dev.muster.events.instance.InstanceEvent.OperationDoneLate;
import dev.muster.events.instance.InstanceEvent.OperationFailed;
import dev.muster.events.instance.InstanceEvent.OutcomeIgnored;
import dev.muster.events.instance.InstanceEvent.Requested;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instance as its events say it is: the one fold, used by the aggregate, by every projection and
 * to look at the past.
 *
 * @param version how many events were folded; equals the sequence of the last one
 * @param stage stored as {@code status}, which it was before there were two ways to stop
 * @param host where the instance was placed, or null before its first start
 * @param run what runs there now, or null when nothing does that anybody could vouch for
 * @param inFlight the operation that waits for its outcome
 * @param unsettled a pause or resume that expired and may have been done or may still be; until
 *     that is known, or something else was asked, the status may differ from what the host has
 * @param heardOutcomes the newest operations whose outcome was heard, applied or ignored, newest
 *     last, so that an outcome that arrives twice is told from one that nobody waited for
 * @param error why the status is {@code error}, or why the last operation failed
 * @param quickFailures how many runs in a row that ended by themselves within {@link
 *     #STABLE_AFTER}; a longer one sets it back to 0, as does one that has completed for good
 * @param exitCode what the last run returned when it ended by itself, or null
 * @param endedAt when the last run ended by itself, or null; a new run clears both
 */
public record InstanceState(
    String instanceId,
    long version,
    @JsonProperty("status") Stage stage,
    InstanceSpec spec,
    @Nullable String host,
    @Nullable Run run,
    @Nullable Operation inFlight,
    @Nullable Operation unsettled,
    List<String> heardOutcomes,
    @Nullable String error,
    int quickFailures,
    @Nullable Integer exitCode,
    @Nullable Instant endedAt,
    Instant createdAt,
    Instant updatedAt) {

  /** A run that lasts this long forgives the failures before it. */
  public static final Duration STABLE_AFTER = Duration.ofSeconds(60);

  public InstanceState {
    heardOutcomes = List.copyOf(heardOutcomes);
  }

  /**
   * The state after one more event; {@code state} is null before the first.
   *
   * @throws IllegalStateException when the history does not begin with a creation, or has two
   */
  public static InstanceState fold(@Nullable InstanceState state, InstanceEvent event) {
    if (state != null) {
      return state.apply(event);
    }
    if (event instanceof CreationRequested creation) {
      return begin(creation);
    }
    throw new IllegalStateException(
        "history of %s begins with %s".formatted(event.instanceId(), event));
  }

  private static InstanceState begin(CreationRequested event) {
    return new InstanceState(
        event.instanceId(),
        1,
        Stage.CREATING,
        event.spec(),
        null,
        null,
        Operation.of(event),
        null,
        List.of(),
        null,
        0,
        null,
        null,
        event.at(),
        event.at());
  }

  public InstanceState apply(InstanceEvent event) {
    var next = new InstanceStateBuilder(this, event.at());
    switch (event) {
      case CreationRequested _ ->
          throw new IllegalStateException("history of %s has two creations".formatted(instanceId));
      case Requested e -> next.await(Operation.of(e));
      case InstanceStarted e -> next.heard(e.operationId()).run(e.operationId(), e.host());
      case InstanceRestarted e -> next.heard(e.operationId()).run(e.operationId(), e.host());
      case InstancePaused e -> next.heard(e.operationId()).stage(Stage.PAUSED);
      case InstanceResumed e -> next.heard(e.operationId()).stage(Stage.RUNNING);
      case InstanceTerminated e -> next.heard(e.operationId()).end(Stage.DELETED);
      case OperationFailed e -> operationFailed(next, e);
      case OperationDoneLate e -> next.ignored(e.operationId()).stage(doneLate(e.kind()));
      case OutcomeIgnored e -> next.ignored(e.operationId());
      case InstanceCompleted e -> completed(next, e);
      case InstanceFailed e ->
          next.end(Stage.ERROR)
              .ended(e.exitCode())
              .error(e.reason())
              .quickFailures(quickFailuresAt(e.at()));
    }
    return next.state();
  }

  public InstanceStatus status() {
    return stage.status();
  }

  /** Whether a delete was done: nothing of it is left on any host, for good. */
  public boolean deleted() {
    return stage == Stage.DELETED;
  }

  /** Whether the outcome of this operation was heard before, applied or ignored. */
  public boolean hasHeard(String operationId) {
    return heardOutcomes.contains(operationId);
  }

  private static void operationFailed(InstanceStateBuilder next, OperationFailed event) {
    switch (event.code()) {
      case REFUSED -> next.heard(event.operationId());
      case EXPIRED -> next.expired();
      case SUPERSEDED -> next.givenUp();
    }
    if (event.leavesError()) {
      next.end(Stage.ERROR);
    }
    next.error(event.reason());
  }

  private static Stage doneLate(OperationKind kind) {
    return switch (kind) {
      case PAUSE -> Stage.PAUSED;
      case CREATE, RESUME, RESTART, DELETE -> Stage.RUNNING;
    };
  }

  // Only a policy that restarts it again has to be kept from doing so for ever.
  private void completed(InstanceStateBuilder next, InstanceCompleted event) {
    var goesOn = spec.restartPolicy().restartsAfter(event.exitCode());
    next.end(Stage.COMPLETED)
        .ended(event.exitCode())
        .quickFailures(goesOn ? quickFailuresAt(event.at()) : 0);
  }

  private int quickFailuresAt(Instant end) {
    var stable = run != null && !end.isBefore(run.startedAt().plus(STABLE_AFTER));
    return stable ? 0 : quickFailures + 1;
  }
}
