package dev.muster.worker.driver.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What process hosts need of the machine they are on. */
final class HostRequirements {

  private static final List<String> TOOLS =
      List.of("sh", "setsid", "env", "mkdir", "mkfifo", "mv", "cat", "sleep");

  private HostRequirements() {}

  /**
   * @throws IllegalStateException that says everything that is missing
   */
  static void check() {
    var problems = new ArrayList<String>();
    var system = System.getProperty("os.name");
    if (!"Linux".equals(system)) {
      problems.add("it is %s, and has to be Linux".formatted(system));
    } else if (!Files.isReadable(Path.of("/proc/self/stat"))) {
      problems.add("/proc cannot be read");
    }
    for (var tool : TOOLS) {
      if (!onPath(tool)) {
        problems.add("'%s' is not on the PATH".formatted(tool));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "process hosts cannot run on this machine: " + String.join("; ", problems));
    }
  }

  static boolean onPath(String tool) {
    var path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return Arrays.stream(path.split(":"))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }
}
