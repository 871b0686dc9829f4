package dev.muster.command.instance;

import dev.muster.command.instance.Decision.Accepted;
import dev.muster.command.instance.Decision.Unchanged;
import dev.muster.command.instance.InstanceCommand.ExpireOperation;
import dev.muster.command.instance.InstanceCommand.RecordFailure;
import dev.muster.command.instance.InstanceCommand.RecordOutcome;
import dev.muster.command.instance.OperationResult.Refused;
import dev.muster.command.instance.OperationResult.Succeeded;
import dev.muster.events.instance.FailureCode;
import dev.muster.events.instance.InstanceEvent;
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
import dev.muster.events.instance.InstanceEvent.RestartRequested;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.instance.InstanceStatus;
import dev.muster.events.instance.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Decides what becomes of what workers and clocks report. */
final class DecideReport {

  /** After so many runs in a row that ended early, the platform stops restarting. */
  private static final int QUICK_FAILURES_ALLOWED = 4;

  private static final Set<InstanceStatus> ALIVE =
      EnumSet.of(InstanceStatus.RUNNING, InstanceStatus.PAUSED);

  private DecideReport() {}

  static Decision outcome(InstanceState state, RecordOutcome command) {
    var operation = state.inFlight();
    if (operation != null && operation.id().equals(command.operationId())) {
      return done(
          switch (command.result()) {
            case Succeeded it -> succeeded(state, operation, it.host(), command.at());
            case Refused it ->
                failed(state, operation, FailureCode.REFUSED, it.reason(), command.at());
          });
    }
    var unsettled = state.unsettled();
    if (unsettled != null
        && unsettled.id().equals(command.operationId())
        && command.result() instanceof Succeeded) {
      return done(
          new OperationDoneLate(
              state.instanceId(), unsettled.id(), unsettled.kind(), command.at()));
    }
    return state.hasHeard(command.operationId()) ? new Unchanged() : done(ignored(command));
  }

  static Decision failure(InstanceState state, RecordFailure command) {
    var run = state.run();
    if (run == null || !run.id().equals(command.runId()) || !ALIVE.contains(state.status())) {
      return new Unchanged();
    }
    var ended = ended(command);
    var events = new ArrayList<>(List.of(ended));
    if (restarts(state.apply(ended), command)) {
      events.add(restart(state, command));
    }
    return new Accepted(events);
  }

  private static InstanceEvent ended(RecordFailure command) {
    var exitCode = command.exitCode();
    return exitCode != null && exitCode == 0
        ? new InstanceCompleted(command.instanceId(), command.runId(), exitCode, command.at())
        : new InstanceFailed(
            command.instanceId(), command.runId(), exitCode, command.reason(), command.at());
  }

  static Decision expiry(InstanceState state, ExpireOperation command) {
    var operation = state.inFlight();
    if (operation == null || !operation.id().equals(command.operationId())) {
      return new Unchanged();
    }
    var reason =
        "no outcome came before the deadline (%s); what the host did is not known"
            .formatted(operation.deadline());
    return done(failed(state, operation, FailureCode.EXPIRED, reason, command.at()));
  }

  static OperationFailed failed(
      InstanceState state, Operation operation, FailureCode code, String reason, Instant at) {
    return new OperationFailed(
        state.instanceId(),
        operation.id(),
        operation.kind(),
        code,
        reason,
        state.spec().region(),
        state.host(),
        code.leavesError(operation.kind()),
        at);
  }

  private static InstanceEvent succeeded(
      InstanceState state, Operation operation, String host, Instant at) {
    var id = state.instanceId();
    return switch (operation.kind()) {
      case CREATE -> new InstanceStarted(id, operation.id(), host, at);
      case PAUSE ->
          state.run() == null
              ? endedMeanwhile(state, operation, at)
              : new InstancePaused(id, operation.id(), at);
      case RESUME ->
          state.run() == null
              ? endedMeanwhile(state, operation, at)
              : new InstanceResumed(id, operation.id(), at);
      case RESTART -> new InstanceRestarted(id, operation.id(), host, at);
      case DELETE -> new InstanceTerminated(id, operation.id(), at);
    };
  }

  // Its end was reported before the outcome: nothing is left that could be paused or running.
  private static InstanceEvent endedMeanwhile(
      InstanceState state, Operation operation, Instant at) {
    return failed(
        state, operation, FailureCode.REFUSED, "the instance ended by itself meanwhile", at);
  }

  private static OutcomeIgnored ignored(RecordOutcome command) {
    var said =
        switch (command.result()) {
          case Succeeded it -> "done on " + it.host();
          case Refused it -> "refused: " + it.reason();
        };
    return new OutcomeIgnored(
        command.instanceId(),
        command.operationId(),
        "nobody waited for this outcome any more (%s)".formatted(said),
        command.at());
  }

  private static boolean restarts(InstanceState after, RecordFailure command) {
    return after.inFlight() == null
        && after.spec().restartPolicy().restartsAfter(command.exitCode())
        && after.quickFailures() <= QUICK_FAILURES_ALLOWED;
  }

  private static RestartRequested restart(InstanceState state, RecordFailure command) {
    return new RestartRequested(
        command.instanceId(),
        command.restartId(),
        state.spec(),
        state.host(),
        Decide.afterItsEnd(state.spec(), command.restartDeadline()),
        command.at());
  }

  private static Decision done(InstanceEvent event) {
    return new Accepted(List.of(event));
  }
}
