package dev.muster.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A process of an instance, as /proc shows it.
 *
 * @param state R, S, T and so on, as ps has them
 */
record HostProcess(long pid, long parent, char state, Path folder, Map<String, String> variables) {

  /** What the instances of a data folder run, without the supervisors and without the ended. */
  static List<HostProcess> of(Path data) throws IOException {
    return all(data).filter(p -> p.variables.containsKey("MUSTER_RUN_ID")).toList();
  }

  /** The process that an instance's command became; its children are not counted. */
  static List<HostProcess> mainsOf(Path data) throws IOException {
    var found = of(data);
    var pids = found.stream().map(HostProcess::pid).collect(Collectors.toSet());
    return found.stream().filter(p -> !pids.contains(p.parent)).toList();
  }

  static List<HostProcess> mainsOf(Path data, String instanceId) throws IOException {
    return mainsOf(data).stream().filter(p -> p.instanceId().equals(instanceId)).toList();
  }

  String instanceId() {
    return Objects.requireNonNull(variables.get("MUSTER_INSTANCE_ID"));
  }

  /** Ends what the instances of a data folder left on this machine. */
  static void endAllOf(Path data) throws IOException {
    all(data).forEach(p -> ProcessHandle.of(p.pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  private static Stream<HostProcess> all(Path data) throws IOException {
    // Containers have theirs where this process sees none.
    var root = Files.exists(data) ? data.toRealPath() : data;
    try (var entries = Files.list(Path.of("/proc"))) {
      return entries
          .filter(entry -> entry.getFileName().toString().chars().allMatch(Character::isDigit))
          .map(HostProcess::read)
          .filter(Objects::nonNull)
          .filter(p -> p.variables.containsKey("MUSTER_INSTANCE_ID") && p.folder.startsWith(root))
          .toList()
          .stream();
    }
  }

  /** Null when it has ended meanwhile, or belongs to somebody else. */
  private static @Nullable HostProcess read(Path entry) {
    try {
      var stat = Files.readString(entry.resolve("stat"));
      var afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return new HostProcess(
          Long.parseLong(entry.getFileName().toString()),
          Long.parseLong(afterName[1]),
          afterName[0].charAt(0),
          Files.readSymbolicLink(entry.resolve("cwd")),
          variables(Files.readAllBytes(entry.resolve("environ"))));
    } catch (IOException e) {
      return null;
    }
  }

  private static Map<String, String> variables(byte[] environ) {
    return Stream.of(new String(environ, UTF_8).split("\0"))
        .filter(line -> line.contains("="))
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, _) -> first));
  }
}
