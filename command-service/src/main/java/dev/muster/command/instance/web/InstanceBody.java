package dev.muster.command.instance.web;

import dev.muster.events.instance.InstanceState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A new instance as the API shows it: the fields of its reference first, then what this platform
 * adds; the same as a GET of it.
 *
 * @param createdAt Unix seconds
 * @param updatedAt Unix seconds
 * @param health always null: nothing has run yet
 */
record InstanceBody(
    String id,
    String name,
    String status,
    String region,
    long createdAt,
    long updatedAt,
    @Nullable Object health,
    long version,
    @Nullable String image,
    List<String> command,
    Map<String, String> env,
    @Nullable Double cpus,
    @Nullable Integer memoryMb,
    String restartPolicy,
    @Nullable String host,
    @Nullable String error) {

  static InstanceBody of(InstanceState state) {
    var spec = state.spec();
    return new InstanceBody(
        state.instanceId(),
        spec.name(),
        state.status().toString(),
        spec.region(),
        state.createdAt().getEpochSecond(),
        state.updatedAt().getEpochSecond(),
        null,
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
