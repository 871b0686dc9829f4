package dev.muster.worker.driver.process;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What this host keeps about an instance. Written before a process is touched, so that a worker
 * that dies in between leaves behind what was to be done.
 *
 * @param sequence of the newest task seen; the fence
 * @param run the newest run, or null when none was started
 */
record InstanceRecord(
    String instanceId, long sequence, DesiredState wanted, @Nullable ProcessRun run) {

  InstanceRecord want(long bySequence, DesiredState next) {
    return new InstanceRecord(instanceId, bySequence, next, run);
  }

  InstanceRecord withRun(@Nullable ProcessRun next) {
    return new InstanceRecord(instanceId, sequence, wanted, next);
  }

  boolean takesPlace() {
    return wanted != DesiredState.NOTHING && (run == null || !run.endReported());
  }

  /** How long what runs of it has to end after {@code SIGTERM}. */
  Duration stopTimeout(Duration ofHost) {
    return run == null || run.stopTimeout() == null
        ? ofHost
        : Duration.ofSeconds(run.stopTimeout());
  }

  /** The run that should be there now, or null. */
  @Nullable ProcessRun wantedRun() {
    return switch (wanted) {
      case RUNNING, PAUSED -> run;
      case STARTING, NOTHING -> null;
    };
  }

  boolean isRun(String runId) {
    return run != null && run.id().equals(runId);
  }
}
