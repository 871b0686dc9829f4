package dev.muster.worker.driver.process;

import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One life of an instance's process.
 *
 * @param sequence of the task that started it; names its folder
 * @param id the operation that started it
 * @param startReported whether the platform knows of its start
 * @param endReported whether the platform knows of its end
 * @param stopTimeout seconds that it has to end after {@code SIGTERM}; null for the host's
 * @param limits what it is held to; null for runs of an earlier version
 * @param cgroup the folders of its cgroup, or null when it has none
 */
record ProcessRun(
    long sequence,
    String id,
    boolean startReported,
    boolean endReported,
    @Nullable Integer stopTimeout,
    @Nullable Limits limits,
    @Nullable List<String> cgroup) {

  static ProcessRun of(long sequence, String id, InstanceSpec spec) {
    return new ProcessRun(sequence, id, false, false, spec.stopTimeout(), null, null);
  }

  ProcessRun withStartReported() {
    return new ProcessRun(sequence, id, true, endReported, stopTimeout, limits, cgroup);
  }

  ProcessRun withEndReported() {
    return new ProcessRun(sequence, id, startReported, true, stopTimeout, limits, cgroup);
  }

  ProcessRun heldTo(Limits next, @Nullable List<String> by) {
    return new ProcessRun(sequence, id, startReported, endReported, stopTimeout, next, by);
  }
}
