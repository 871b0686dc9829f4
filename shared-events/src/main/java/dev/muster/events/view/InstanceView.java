package dev.muster.events.view;

import dev.muster.events.instance.InstanceState;
import dev.muster.events.instance.InstanceStatus;
import dev.muster.events.instance.RestartPolicy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The instance object of the API: the fields of its reference first, then what this platform adds.
 *
 * @param name what people call it; need not be unique
 * @param createdAt Unix seconds
 * @param updatedAt Unix seconds
 * @param health null before the first heartbeat
 * @param version of its state: how many events made it
 * @param image the container image, or null for a plain process
 * @param command program and arguments; empty for the platform's own bot
 * @param env environment variables; their values are {@code ***} without the scope {@code operate}
 * @param cpus upper bound, or null when there is none
 * @param memoryMb upper bound, or null when there is none
 * @param diskMb upper bound on its folder, or null when there is none
 * @param pids upper bound on its processes and threads, or null for the host's default
 * @param stopTimeout seconds that it has to end after {@code SIGTERM}, or null for the host's
 *     default
 * @param restartPolicy what happens when it ends by itself
 * @param host where it runs, or null while that is open
 * @param error why the status is {@code error} or the last operation failed, or null
 * @param exitCode what the last run returned when it ended by itself, 128 + n for signal n; null
 *     while it runs or when nobody knows
 * @param endedAt when the last run ended by itself, or null
 * @param labels what people group it by
 * @param deleted whether it was removed from its host; a deleted one cannot be restarted
 */
public record InstanceView(
    String id,
    String name,
    InstanceStatus status,
    String region,
    long createdAt,
    long updatedAt,
    @Nullable HealthView health,
    long version,
    @Nullable String image,
    List<String> command,
    Map<String, String> env,
    @Nullable Double cpus,
    @Nullable Integer memoryMb,
    @Nullable Integer diskMb,
    @Nullable Integer pids,
    @Nullable Integer stopTimeout,
    RestartPolicy restartPolicy,
    @Nullable String host,
    @Nullable String error,
    @Nullable Integer exitCode,
    @Nullable String endedAt,
    Map<String, String> labels,
    boolean deleted) {

  /** With the values of all variables. */
  public static InstanceView of(InstanceState state, @Nullable HealthView health) {
    return of(state, state.spec().env(), health);
  }

  /**
   * @param env what is shown of its variables
   */
  public static InstanceView of(
      InstanceState state, Map<String, String> env, @Nullable HealthView health) {
    var spec = state.spec();
    return new InstanceView(
        state.instanceId(),
        spec.name(),
        state.status(),
        spec.region(),
        state.createdAt().getEpochSecond(),
        state.updatedAt().getEpochSecond(),
        health,
        state.version(),
        spec.image(),
        spec.command(),
        new TreeMap<>(env),
        spec.cpus(),
        spec.memoryMb(),
        spec.diskMb(),
        spec.pids(),
        spec.stopTimeout(),
        spec.restartPolicy(),
        state.host(),
        state.error(),
        state.exitCode(),
        Rfc3339.ofNullable(state.endedAt()),
        new TreeMap<>(spec.allLabels()),
        state.deleted());
  }
}
