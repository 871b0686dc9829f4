package dev.muster.events.instance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The next {@link InstanceState} while one event is applied; never seen outside the fold. */
final class Draft {

  private static final int SETTLED_KEPT = 16;

  private final InstanceState before;
  private final Instant at;
  private InstanceStatus status;
  private @Nullable String host;
  private @Nullable Run run;
  private @Nullable Operation inFlight;
  private List<String> settled;
  private @Nullable String error;
  private int quickFailures;

  Draft(InstanceState before, Instant at) {
    this.before = before;
    this.at = at;
    this.status = before.status();
    this.host = before.host();
    this.run = before.run();
    this.inFlight = before.inFlight();
    this.settled = before.settledOperations();
    this.error = before.error();
    this.quickFailures = before.quickFailures();
  }

  Draft await(Operation operation) {
    inFlight = operation;
    return this;
  }

  Draft settle(String operationId) {
    inFlight = null;
    return remember(operationId);
  }

  Draft remember(String operationId) {
    var all = new ArrayList<>(settled);
    all.add(operationId);
    settled = all.subList(Math.max(0, all.size() - SETTLED_KEPT), all.size());
    return this;
  }

  Draft run(String runId, String onHost) {
    run = new Run(runId, at);
    host = onHost;
    return status(InstanceStatus.RUNNING);
  }

  Draft end(InstanceStatus last) {
    run = null;
    return status(last);
  }

  Draft status(InstanceStatus next) {
    status = next;
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
        status,
        before.spec(),
        host,
        run,
        inFlight,
        settled,
        error,
        quickFailures,
        before.createdAt(),
        at);
  }
}
