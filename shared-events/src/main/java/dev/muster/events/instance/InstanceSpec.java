package dev.muster.events.instance;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for. Everything a host needs to start the instance is here.
 *
 * @param name display name; need not be unique
 * @param region where it runs
 * @param image container image; only hosts that run containers take one
 * @param command the program and its arguments; empty means the platform's own heartbeat bot
 * @param env environment variables added to the host's own
 * @param cpus upper bound in cores, or null for the host's default
 * @param memoryMb upper bound in MiB, or null for the host's default
 * @param diskMb upper bound in MiB on its folder, or null for the host's default
 * @param pids upper bound on its processes and threads, or null for the host's default
 * @param stopTimeout seconds that it has to end after it was asked to, or null for the host's
 *     default
 * @param restartPolicy what happens when it ends by itself
 * @param labels what people group it by; null when there are none, as in events of before
 */
public record InstanceSpec(
    String name,
    String region,
    @Nullable String image,
    List<String> command,
    Map<String, String> env,
    @Nullable Double cpus,
    @Nullable Integer memoryMb,
    @Nullable Integer diskMb,
    @Nullable Integer pids,
    @Nullable Integer stopTimeout,
    RestartPolicy restartPolicy,
    @Nullable Map<String, String> labels) {

  public InstanceSpec {
    command = List.copyOf(command);
    env = Map.copyOf(env);
    labels = labels == null || labels.isEmpty() ? null : Map.copyOf(labels);
  }

  /** One without labels, that leaves disk, processes and the time to end to the host. */
  public InstanceSpec(
      String name,
      String region,
      @Nullable String image,
      List<String> command,
      Map<String, String> env,
      @Nullable Double cpus,
      @Nullable Integer memoryMb,
      RestartPolicy restartPolicy) {
    this(name, region, image, command, env, cpus, memoryMb, null, null, null, restartPolicy, null);
  }

  /** The smallest request: the heartbeat bot, with everything else left to defaults. */
  public static InstanceSpec bot(String name, String region) {
    return new InstanceSpec(
        name, region, null, List.of(), Map.of(), null, null, RestartPolicy.NEVER);
  }

  /** Its labels, of which there may be none. */
  public Map<String, String> allLabels() {
    return labels == null ? Map.of() : labels;
  }

  /** Its bounds; where there is none, the host's default holds. */
  public Limits limits() {
    return new Limits(cpus, memoryMb, diskMb, pids);
  }
}
