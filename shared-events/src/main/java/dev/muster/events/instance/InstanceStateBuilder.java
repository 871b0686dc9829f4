package dev.muster.events.instance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The next {@link InstanceState} while one event is applied; never seen outside the fold. */
final class InstanceStateBuilder {

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

  InstanceStateBuilder(InstanceState before, Instant at) {
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

  InstanceStateBuilder await(Operation operation) {
    inFlight = operation;
    unsettled = null;
    return this;
  }

  InstanceStateBuilder heard(String operationId) {
    inFlight = null;
    return ignored(operationId);
  }

  InstanceStateBuilder ignored(String operationId) {
    var all = new ArrayList<>(heard);
    all.add(operationId);
    heard = all.subList(Math.max(0, all.size() - HEARD_KEPT), all.size());
    return this;
  }

  /** What the host did, or may still do, is not known; of a run that is over it does not matter. */
  InstanceStateBuilder expired() {
    unsettled = run == null ? null : inFlight;
    return givenUp();
  }

  InstanceStateBuilder givenUp() {
    inFlight = null;
    return this;
  }

  InstanceStateBuilder run(String runId, String onHost) {
    run = new Run(runId, at);
    host = onHost;
    exitCode = null;
    endedAt = null;
    return stage(Stage.RUNNING);
  }

  InstanceStateBuilder end(Stage last) {
    run = null;
    return stage(last);
  }

  /** The run ended by itself. */
  InstanceStateBuilder ended(@Nullable Integer code) {
    exitCode = code;
    endedAt = at;
    return this;
  }

  InstanceStateBuilder stage(Stage next) {
    stage = next;
    unsettled = null;
    error = null;
    return this;
  }

  InstanceStateBuilder error(String reason) {
    error = reason;
    return this;
  }

  InstanceStateBuilder quickFailures(int count) {
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
