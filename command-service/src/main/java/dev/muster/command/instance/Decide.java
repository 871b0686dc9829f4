package dev.muster.command.instance;

import dev.muster.command.instance.Decision.Accepted;
import dev.muster.command.instance.Decision.Joined;
import dev.muster.command.instance.Decision.Rejected;
import dev.muster.command.instance.Decision.Unchanged;
import dev.muster.command.instance.InstanceCommand.Ask;
import dev.muster.command.instance.InstanceCommand.CreateInstance;
import dev.muster.command.instance.InstanceCommand.DeleteInstance;
import dev.muster.command.instance.InstanceCommand.ExpireOperation;
import dev.muster.command.instance.InstanceCommand.OnlyAt;
import dev.muster.command.instance.InstanceCommand.PauseInstance;
import dev.muster.command.instance.InstanceCommand.RecordFailure;
import dev.muster.command.instance.InstanceCommand.RecordOutcome;
import dev.muster.command.instance.InstanceCommand.RestartInstance;
import dev.muster.command.instance.InstanceCommand.ResumeInstance;
import dev.muster.command.instance.Rejection.Changed;
import dev.muster.command.instance.Rejection.Exists;
import dev.muster.command.instance.Rejection.NotAllowed;
import dev.muster.command.instance.Rejection.UnderWay;
import dev.muster.command.instance.Rejection.Unknown;
import dev.muster.events.instance.FailureCode;
import dev.muster.events.instance.InstanceEvent;
import dev.muster.events.instance.InstanceEvent.CreationRequested;
import dev.muster.events.instance.InstanceEvent.DeletionRequested;
import dev.muster.events.instance.InstanceEvent.PauseRequested;
import dev.muster.events.instance.InstanceEvent.RestartRequested;
import dev.muster.events.instance.InstanceEvent.ResumeRequested;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.InstanceState;
import dev.muster.events.instance.Lifecycle;
import dev.muster.events.instance.Operation;
import dev.muster.events.instance.OperationKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a command. Pure: it reads no clock and changes nothing. */
public final class Decide {

  private Decide() {}

  /**
   * @param state the instance as its events say, or null when it has none
   */
  public static Decision decide(@Nullable InstanceState state, InstanceCommand command) {
    if (command instanceof CreateInstance create) {
      return state == null ? created(create) : new Rejected(new Exists(create.instanceId()));
    }
    if (state == null) {
      return new Rejected(new Unknown(command.instanceId()));
    }
    return switch (command) {
      case Ask ask -> asked(state, ask);
      case OnlyAt it ->
          it.versions().contains(state.version())
              ? asked(state, it.ask())
              : new Rejected(new Changed(state.version()));
      case RecordOutcome outcome -> DecideReport.outcome(state, outcome);
      case RecordFailure failure -> DecideReport.failure(state, failure);
      case ExpireOperation expiry -> DecideReport.expiry(state, expiry);
    };
  }

  private static Decision created(CreateInstance command) {
    return new Accepted(
        List.of(
            new CreationRequested(
                command.instanceId(),
                command.operationId(),
                command.spec(),
                command.deadline(),
                command.at())));
  }

  private static Decision asked(InstanceState state, Ask ask) {
    var verdict = Lifecycle.verdict(state.stage(), ask.kind());
    if (verdict == Lifecycle.Verdict.REFUSED) {
      return new Rejected(new NotAllowed(state.stage(), ask.kind()));
    }
    var inFlight = state.inFlight();
    if (inFlight != null) {
      return whileUnderWay(state, ask, inFlight);
    }
    // The status of an unsettled instance is not what its host has for certain: the host is asked.
    return verdict == Lifecycle.Verdict.ALREADY && state.unsettled() == null
        ? new Unchanged()
        : new Accepted(List.of(request(state, ask)));
  }

  private static Decision whileUnderWay(InstanceState state, Ask ask, Operation inFlight) {
    if (ask.kind() != OperationKind.DELETE) {
      return new Rejected(new UnderWay(inFlight));
    }
    if (inFlight.kind() == OperationKind.DELETE) {
      return new Joined(inFlight.id());
    }
    var superseded =
        DecideReport.failed(
            state,
            inFlight,
            FailureCode.SUPERSEDED,
            "superseded by " + ask.operationId(),
            ask.at());
    return new Accepted(List.of(superseded, request(state, ask)));
  }

  private static InstanceEvent request(InstanceState state, Ask ask) {
    return switch (ask) {
      case CreateInstance _ -> throw new IllegalArgumentException("an instance is created once");
      case PauseInstance c ->
          new PauseRequested(
              c.instanceId(), c.operationId(), region(state), state.host(), c.deadline(), c.at());
      case ResumeInstance c ->
          new ResumeRequested(
              c.instanceId(), c.operationId(), region(state), state.host(), c.deadline(), c.at());
      case RestartInstance c ->
          new RestartRequested(
              c.instanceId(),
              c.operationId(),
              state.spec(),
              state.host(),
              afterItsEnd(state.spec(), c.deadline()),
              c.at());
      case DeleteInstance c ->
          new DeletionRequested(
              c.instanceId(),
              c.operationId(),
              region(state),
              state.host(),
              afterItsEnd(state.spec(), c.deadline()),
              c.at());
    };
  }

  /** The deadline of what ends an instance first, which may take as long as that asked for. */
  static Instant afterItsEnd(InstanceSpec spec, Instant deadline) {
    return spec.stopTimeout() == null ? deadline : deadline.plusSeconds(spec.stopTimeout());
  }

  private static String region(InstanceState state) {
    return state.spec().region();
  }
}
