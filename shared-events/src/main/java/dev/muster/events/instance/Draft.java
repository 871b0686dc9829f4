package dev.muster.events.instance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The next {@link InstanceState} while one event is applied; never seen outside the fold. */
final class Draft {

  private static final int HEARD_KEPT = 16;

  private final InstanceState before;
  private final Instant at;
  private Stage stage;
  private @Nullable String host;
  private @Nullable Run run;
  private @Nullable Operation inFlight;
  private @Nullable Operation unsettled;
  private List<String> heard;
  private @Nullable String error;
  private int quickFailures;
  private @Nullable Integer exitCode;
  private @Nullable Instant endedAt;

  Draft(InstanceState before, Instant at) {
    this.before = before;
    this.at = at;
    this.stage = before.stage();
    this.host = before.host();
    this.run = before.run();
    this.inFlight = before.inFlight();
    this.unsettled = before.unsettled();
    this.heard = before.heardOutcomes();
    this.error = before.error();
    this.quickFailures = before.quickFailures();
    this.exitCode = before.exitCode();
    this.endedAt = before.endedAt();
  }

  Draft await(Operation operation) {
    inFlight = operation;
    unsettled = null;
    return this;
  }

  Draft heard(String operationId) {
    inFlight = null;
    return ignored(operationId);
  }

  Draft ignored(String operationId) {
    var all = new ArrayList<>(heard);
    all.add(operationId);
    heard = all.subList(Math.max(0, all.size() - HEARD_KEPT), all.size());
    return this;
  }

  /** What the host did, or may still do, is not known; of a run that is over it does not matter. */
  Draft expired() {
    unsettled = run == null ? null : inFlight;
    return givenUp();
  }

  Draft givenUp() {
    inFlight = null;
    return this;
  }

  Draft run(String runId, String onHost) {
    run = new Run(runId, at);
    host = onHost;
    exitCode = null;
    endedAt = null;
    return stage(Stage.RUNNING);
  }

  Draft end(Stage last) {
    run = null;
    return stage(last);
  }

  /** The run ended by itself. */
  Draft ended(@Nullable Integer code) {
    exitCode = code;
    endedAt = at;
    return this;
  }

  Draft stage(Stage next) {
    stage = next;
    unsettled = null;
    error = null;
    return this;
  }

  Draft error(String reason) {
    error = reason;
    return this;
  }

  Draft quickFailures(int count) {
    quickFailures = count;
    return this;
  }

  InstanceState state() {
    return new InstanceState(
        before.instanceId(),
        before.version() + 1,
        stage,
        before.spec(),
        host,
        run,
        inFlight,
        unsettled,
        heard,
        error,
        quickFailures,
        exitCode,
        endedAt,
        before.createdAt(),
        at);
  }
}
