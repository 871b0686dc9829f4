package dev.muster.command.instance.web;

import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.Limits;
import dev.muster.events.instance.RestartPolicy;
import java.util.ArrayList;
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
    Limits limits,
    @Nullable Integer stopTimeout,
    RestartPolicy restartPolicy) {

  /** The fields that not every host can honour. */
  List<String> capabilities() {
    var fields = new ArrayList<String>();
    if (image != null) {
      fields.add("image");
    }
    fields.addAll(limits.bounds().keySet());
    return fields;
  }

  InstanceSpec spec(String finalName, String finalRegion) {
    return new InstanceSpec(
        finalName,
        finalRegion,
        image,
        command,
        env,
        limits.cpus(),
        limits.memoryMb(),
        limits.diskMb(),
        limits.pids(),
        stopTimeout,
        restartPolicy);
  }
}
