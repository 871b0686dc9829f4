package dev.muster.worker.driver.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.events.instance.Ids;
import dev.muster.events.instance.InstanceSpec;
import dev.muster.events.instance.RestartPolicy;
import dev.muster.worker.driver.Action;
import dev.muster.worker.driver.ActionResult.Done;
import dev.muster.worker.driver.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A host with one instance on this machine. */
record ProcessHost(Path root, String instance) implements AutoCloseable {

  static ProcessHost in(Path data) {
    return new ProcessHost(data.resolve("my hosts/local"), Ids.newInstance());
  }

  /** A driver for it, as after a restart of the worker. */
  ProcessDriver open() throws IOException {
    return new ProcessDriver("local", 10, root);
  }

  void run(String script) throws Exception {
    assertThat(perform(1, new Action.Start(shell(script)))).isEqualTo(new Done());
  }

  Object perform(long sequence, Action action) throws Exception {
    return open().perform(new Task(instance, "op_" + sequence, sequence, action));
  }

  List<OsProcess> alive() throws IOException {
    return alive(instance);
  }

  /** By its id in their environment, whoever they run as. */
  static List<OsProcess> alive(String instance) throws IOException {
    return OsProcess.all().stream()
        .filter(OsProcess::alive)
        .filter(p -> p.variable(InstanceTree.ID_VARIABLE).filter(instance::equals).isPresent())
        .toList();
  }

  Path work() {
    return root.resolve(instance).resolve("work");
  }

  Path log() {
    return log(root, instance);
  }

  static Path log(Path root, String instance) {
    try {
      return new HostFolder(root).log(instance);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws Exception {
    endAll(root);
    assertThat(alive()).isEmpty();
  }

  static void endAll(Path root) throws Exception {
    try (var entries = Files.newDirectoryStream(root, "inst_*")) {
      for (var entry : entries) {
        var id = entry.getFileName().toString();
        new ProcessDriver("local", 10, root, UserIds.DEFAULT, root, Duration.ofMillis(100))
            .perform(new Task(id, "op_last", 1_000, new Action.Remove()));
      }
    }
  }

  static InstanceSpec shell(String script) {
    return spec(List.of("sh", "-c", script), Map.of());
  }

  static InstanceSpec spec(List<String> command, Map<String, String> env) {
    return new InstanceSpec(
        "test", "us-east-1", null, command, env, null, null, RestartPolicy.NEVER);
  }
}
