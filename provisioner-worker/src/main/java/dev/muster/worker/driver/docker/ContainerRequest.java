package dev.muster.worker.driver.docker;

import dev.muster.events.instance.InstanceSpec;
import dev.muster.worker.driver.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the engine is asked for when a run begins. */
final class ContainerRequest {

  /** What an instance can write; in memory, and gone with the run. */
  private static final Map<String, String> WRITABLE =
      Map.of("/tmp", "rw,exec,nosuid,nodev,mode=1777,size=64m");

  /**
   * 32 MiB in files of 2, so that the newest are found without reading the others. The driver
   * {@code local} would keep every byte, but loses the end of lines that are longer than 16 KiB.
   */
  private static final Map<String, Object> LOG =
      Map.of("Type", "json-file", "Config", Map.of("max-size", "2m", "max-file", "16"));

  private ContainerRequest() {}

  /** Why no container can be made for a spec; empty when one can. */
  static Optional<String> refusal(String host, InstanceSpec spec) {
    if (spec.image() == null || spec.image().isBlank()) {
      return Optional.of("host %s runs images, and the instance names none".formatted(host));
    }
    if (spec.command().stream().anyMatch(ContainerRequest::hasNul)
        || spec.env().values().stream().anyMatch(ContainerRequest::hasNul)) {
      return Optional.of("command and env cannot hold the character U+0000");
    }
    var names = spec.env().keySet();
    return names.stream().anyMatch(n -> n.isEmpty() || n.indexOf('=') >= 0 || hasNul(n))
        ? Optional.of("env has a name that is empty or holds '=': " + names)
        : Optional.empty();
  }

  static Map<String, Object> of(
      String host,
      String network,
      Task task,
      InstanceSpec spec,
      ContainerLimits limits,
      Duration stopTimeout) {
    var labels =
        new TreeMap<>(
            Map.of(
                ContainerLabels.HOST,
                host,
                ContainerLabels.INSTANCE,
                task.instanceId(),
                ContainerLabels.KIND,
                "run",
                ContainerLabels.RUN,
                task.operationId(),
                ContainerLabels.RUN_SEQUENCE,
                "" + task.sequence(),
                ContainerLabels.STOP_TIMEOUT,
                "" + stopTimeout.toMillis()));
    if (limits.of(spec.limits()).memoryMb() instanceof Integer mb) {
      labels.put(ContainerLabels.MEMORY, "" + mb);
    }
    var request = new TreeMap<String, Object>();
    request.put("Image", spec.image());
    if (!spec.command().isEmpty()) {
      request.put("Entrypoint", spec.command());
      request.put("Cmd", List.of());
    }
    request.put("Env", env(task, spec));
    request.put("Labels", labels);
    request.put("StopSignal", "SIGTERM");
    request.put("HostConfig", hostConfig(network, limits.settings(spec.limits())));
    return request;
  }

  private static List<String> env(Task task, InstanceSpec spec) {
    var env = new TreeMap<>(spec.env());
    env.put("MUSTER_INSTANCE_ID", task.instanceId());
    env.put("MUSTER_INSTANCE_NAME", spec.name());
    env.put("MUSTER_REGION", spec.region());
    env.put("MUSTER_RUN_ID", task.operationId());
    return env.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
  }

  private static Map<String, Object> hostConfig(String network, Map<String, Object> limits) {
    var config = new TreeMap<>(limits);
    config.put("Init", true);
    config.put("NetworkMode", network);
    config.put("ReadonlyRootfs", true);
    config.put("Tmpfs", WRITABLE);
    config.put("CapDrop", List.of("ALL"));
    config.put("SecurityOpt", List.of("no-new-privileges:true"));
    config.put("IpcMode", "private");
    config.put("LogConfig", LOG);
    config.put("RestartPolicy", Map.of("Name", "no"));
    return config;
  }

  private static boolean hasNul(String text) {
    return text.indexOf('\0') >= 0;
  }
}
