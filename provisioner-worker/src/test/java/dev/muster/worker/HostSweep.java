package dev.muster.worker;

import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.Task;
import dev.muster.worker.driver.process.ProcessDriver;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes everything off a process host that a test has left there. */
final class HostSweep {

  private HostSweep() {}

  static void sweep(Path root) throws Exception {
    var driver = new ProcessDriver("local", 100, root);
    try (var entries = Files.newDirectoryStream(root, "inst_*")) {
      for (var entry : entries) {
        var id = entry.getFileName().toString();
        driver.perform(new Task(id, "op_last", 1_000, new Action.Remove()));
      }
    }
  }
}
