package dev.muster.worker.driver.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.worker.driver.HostFaultException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Starts runs, each under a shell of its own session that outlives this worker. */
final class Supervisor {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HostFolder folder;
  private final InstanceUsers users;
  private final Path script;
  private final String bot;

  Supervisor(HostFolder folder, InstanceUsers users) throws IOException {
    this.folder = folder;
    this.users = users;
    this.script = install("supervise.sh");
    this.bot = new String(resource("heartbeat.sh"), UTF_8);
    Files.setPosixFilePermissions(folder.scripts(), PosixFilePermissions.fromString("rwx------"));
  }

  /** A script for a shell. */
  String bot() {
    return bot;
  }

  /** Sees to it that the run was started, however far an earlier try has come. */
  void ensureStarted(String instanceId, ProcessRun run, LaunchCommand command)
      throws IOException, InterruptedException {
    var place = folder.run(instanceId, run);
    if (place.claimed() && !started(instanceId, place)) {
      // Its owner died between the claim and the start: nobody would start it any more.
      place.discardClaim();
      users.assign(instanceId);
    }
    if (!place.claimed()) {
      launch(instanceId, run, place, command);
      if (!started(instanceId, place)) {
        throw new HostFaultException("the supervisor started nothing; see " + place.path());
      }
    }
  }

  private void launch(String instanceId, ProcessRun run, RunFolder place, LaunchCommand command)
      throws IOException, InterruptedException {
    Files.createDirectories(place.path().resolveSibling(""));
    AtomicFile.write(place.script(), command.script().getBytes(UTF_8));
    AtomicFile.write(place.join(), command.joinScript().getBytes(UTF_8));
    var namespaces = users.namespaces();
    AtomicFile.write(place.environment(), command.shellScript(namespaces).getBytes(UTF_8));
    if (namespaces != Namespaces.NONE) {
      AtomicFile.write(place.mounts(), users.fstab(instanceId).getBytes(UTF_8));
    }
    // A worker that was started in the background passes on that interrupts are ignored.
    var words = new ArrayList<>(List.of("setsid", "--fork", "env", "--default-signal"));
    words.addAll(namespaces.around());
    words.addAll(
        List.of(
            "sh",
            script.toString(),
            folder.instance(instanceId).toString(),
            Long.toString(run.sequence()),
            folder.log(instanceId).toString(),
            namespaces.word()));
    var builder = new ProcessBuilder(words);
    builder.directory(folder.instance(instanceId).toFile());
    builder.environment().keySet().retainAll(Set.of("PATH"));
    builder.environment().put(InstanceTree.ID_VARIABLE, instanceId);
    builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
    var launcher = OwnKeyring.start(builder);
    launcher.getOutputStream().close();
    if (!launcher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || launcher.exitValue() != 0) {
      throw new HostFaultException("setsid failed; is it util-linux's?");
    }
  }

  /** Waits while somebody is at it; false when the run has no pid and nobody who would start it. */
  private boolean started(String instanceId, RunFolder place)
      throws IOException, InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    for (int pause = 2; place.main().isEmpty(); pause = Math.min(2 * pause, 50)) {
      if (pause >= 16 && users.tree(instanceId, Optional.of(place)).isEmpty()) {
        return place.main().isPresent();
      }
      if (System.nanoTime() > deadline) {
        throw new HostFaultException("the supervisor does not start the command in " + PATIENCE);
      }
      Thread.sleep(pause);
    }
    return true;
  }

  private Path install(String name) throws IOException {
    var target = Files.createDirectories(folder.scripts()).resolve(name);
    var script = resource(name);
    // A full disk is no reason not to start, when it is there.
    if (!Files.exists(target) || !Arrays.equals(Files.readAllBytes(target), script)) {
      AtomicFile.write(target, script);
    }
    return target;
  }

  private byte[] resource(String name) throws IOException {
    try (var source = Objects.requireNonNull(getClass().getResourceAsStream(name), name)) {
      return source.readAllBytes();
    }
  }
}
