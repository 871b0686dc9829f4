package dev.muster.events.view;

import dev.muster.events.instance.InstanceState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The instance object of the API: the fields of its reference first, then what this platform adds.
 *
 * @param createdAt Unix seconds
 * @param updatedAt Unix seconds
 * @param health null before the first heartbeat
 * @param error why the status is {@code error} or the last operation failed, or null
 */
public record InstanceView(
    String id,
    String name,
    String status,
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
    String restartPolicy,
    @Nullable String host,
    @Nullable String error) {

  public static InstanceView of(InstanceState state, @Nullable HealthView health) {
    var spec = state.spec();
    return new InstanceView(
        state.instanceId(),
        spec.name(),
        state.status().toString(),
        spec.region(),
        state.createdAt().getEpochSecond(),
        state.updatedAt().getEpochSecond(),
        health,
        state.version(),
        spec.image(),
        spec.command(),
        new TreeMap<>(spec.env()),
        spec.cpus(),
        spec.memoryMb(),
        spec.restartPolicy().toString(),
        state.host(),
        state.error());
  }
}
