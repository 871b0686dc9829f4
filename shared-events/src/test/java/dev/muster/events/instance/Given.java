package dev.muster.events.instance;

import dev.muster.events.instance.InstanceEvent.CreationRequested;
import dev.muster.events.instance.InstanceEvent.DeletionRequested;
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
import dev.muster.events.instance.InstanceEvent.PauseRequested;
import dev.muster.events.instance.InstanceEvent.RestartRequested;
import dev.muster.events.instance.InstanceEvent.ResumeRequested;
import java.time.Duration;
import java.time.Instant;

/** Writes a history, one second between two events unless told otherwise. */
public final class Given {

  public static final String ID = "inst_1";
  public static final InstanceSpec SPEC = InstanceSpec.bot("bot", "us-east-1");
  public static final Instant START = Instant.parse("2026-03-14T09:00:00Z");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Instant now = START;

  public Given after(Duration pause) {
    now = now.plus(pause);
    return this;
  }

  public CreationRequested creation(String op) {
    var at = tick();
    return new CreationRequested(ID, op, SPEC, at.plus(PATIENCE), at);
  }

  public PauseRequested pause(String op) {
    var at = tick();
    return new PauseRequested(ID, op, SPEC.region(), "box-1", at.plus(PATIENCE), at);
  }

  public ResumeRequested resume(String op) {
    var at = tick();
    return new ResumeRequested(ID, op, SPEC.region(), "box-1", at.plus(PATIENCE), at);
  }

  public RestartRequested restart(String op) {
    var at = tick();
    return new RestartRequested(ID, op, SPEC, "box-1", at.plus(PATIENCE), at);
  }

  public DeletionRequested deletion(String op) {
    var at = tick();
    return new DeletionRequested(ID, op, SPEC.region(), "box-1", at.plus(PATIENCE), at);
  }

  public InstanceStarted started(String op) {
    return new InstanceStarted(ID, op, "box-1", tick());
  }

  public InstancePaused paused(String op) {
    return new InstancePaused(ID, op, tick());
  }

  public InstanceResumed resumed(String op) {
    return new InstanceResumed(ID, op, tick());
  }

  public InstanceRestarted restarted(String op) {
    return new InstanceRestarted(ID, op, "box-2", tick());
  }

  public InstanceTerminated terminated(String op) {
    return new InstanceTerminated(ID, op, tick());
  }

  public OperationFailed failed(String op, OperationKind kind, FailureCode code) {
    var reason = "%s was %s".formatted(kind, code);
    return new OperationFailed(
        ID, op, kind, code, reason, SPEC.region(), "box-1", code.leavesError(kind), tick());
  }

  public OperationDoneLate doneLate(String op, OperationKind kind) {
    return new OperationDoneLate(ID, op, kind, tick());
  }

  public OutcomeIgnored ignored(String op) {
    return new OutcomeIgnored(ID, op, "late", tick());
  }

  public InstanceCompleted completed(String run) {
    return new InstanceCompleted(ID, run, 0, tick());
  }

  public InstanceFailed died(String run) {
    return new InstanceFailed(ID, run, 1, "exit status 1", tick());
  }

  private Instant tick() {
    now = now.plusSeconds(1);
    return now;
  }
}
