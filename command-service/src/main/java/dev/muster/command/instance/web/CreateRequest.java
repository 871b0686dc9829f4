package dev.muster.command.instance.web;

import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.RestartPolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a caller wants created, checked; null where the caller leaves it to the platform. */
record CreateRequest(
    @Nullable String name,
    @Nullable String region,
    @Nullable String image,
    List<String> command,
    Map<String, String> env,
    @Nullable Double cpus,
    @Nullable Integer memoryMb,
    RestartPolicy restartPolicy) {

  InstanceSpec spec(String finalName, String finalRegion) {
    return new InstanceSpec(
        finalName, finalRegion, image, command, env, cpus, memoryMb, restartPolicy);
  }
}
