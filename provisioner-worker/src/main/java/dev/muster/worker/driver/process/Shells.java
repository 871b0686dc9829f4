package dev.muster.worker.driver.process;

import dev.muster.worker.driver.HostFaultException;
import dev.muster.worker.driver.ShellRequest;
import dev.muster.worker.driver.ShellResult;
import dev.muster.worker.driver.ShellResult.NoShell;
import dev.muster.worker.driver.ShellResult.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Opens shells, each in a session of its own that carries the instance's id, so that it is paused
 * and ended with it. The caller holds the instance's lock: a shell is there before a task looks for
 * what runs, or is not opened.
 */
final class Shells {

  // The first terminal that the leader of a session opens is the session's own.
  private static final String ON_TERMINAL = "exec <\"$0\" >\"$0\" 2>&1; exec sh \"$@\"";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HostFolder folder;
  private final InstanceUsers users;
  private final String host;

  Shells(HostFolder folder, InstanceUsers users, String host) {
    this.folder = folder;
    this.users = users;
    this.host = host;
  }

  ShellResult open(String instanceId, ShellRequest request) throws IOException {
    var instance = folder.read(instanceId);
    var run = instance.map(InstanceRecord::wantedRun).orElse(null);
    if (run == null) {
      return new NoShell("nothing of it runs on host " + host);
    }
    if (instance.get().wanted() == DesiredState.PAUSED) {
      return new NoShell("it is paused; resume it first");
    }
    if (ShellWords.tooLong(request)) {
      return new NoShell("the command is too long");
    }
    var place = folder.run(instanceId, run);
    return switch (RunStatus.of(place)) {
      case RunStatus.Unborn _ -> new NoShell("it was never started on host " + host);
      case RunStatus.Ended ended -> new NoShell(ended.reason());
      case RunStatus.Alive _ -> {
        var refusal = refusal(place);
        yield refusal.isPresent()
            ? new NoShell(refusal.get())
            : new Opened(start(instanceId, place, request));
      }
    };
  }

  // Whoever has the pid of a process that is gone must not be entered.
  private static Optional<String> refusal(RunFolder place) throws IOException {
    if (!Files.exists(place.environment())) {
      return Optional.of("an older version has started it; restart it to look into it");
    }
    for (var holder : List.of(place.supervisor(), place.main())) {
      if (place.hasNamespaces() && (holder.isEmpty() || holder.get().find().isEmpty())) {
        return Optional.of("what holds its namespaces is gone; restart it to look into it");
      }
    }
    return Optional.empty();
  }

  private ShellProcess start(String instanceId, RunFolder place, ShellRequest request)
      throws IOException {
    if (request.terminal().isEmpty()) {
      return new ShellProcess(process(instanceId, place, request, null), null);
    }
    var terminal = request.terminal().get();
    var pty = Pty.open(terminal.columns(), terminal.rows());
    try {
      return new ShellProcess(process(instanceId, place, request, pty), pty);
    } catch (IOException | RuntimeException e) {
      pty.close();
      throw e;
    }
  }

  private Process process(
      String instanceId, RunFolder place, ShellRequest request, @Nullable Pty pty)
      throws IOException {
    // A worker that was started in the background passes on that interrupts are ignored.
    var words = new ArrayList<>(List.of("setsid", "env", "--default-signal", "sh"));
    if (pty != null) {
      words.addAll(List.of("-c", ON_TERMINAL, pty.name()));
    }
    words.add(place.environment().toString());
    words.addAll(ShellWords.of(request));
    var builder = new ProcessBuilder(words).directory(folder.work(instanceId).toFile());
    builder.environment().keySet().retainAll(Set.of("PATH"));
    builder.environment().put(InstanceTree.ID_VARIABLE, instanceId);
    request.terminal().ifPresent(t -> builder.environment().put("TERM", t.type()));
    var user = users.of(instanceId);
    if (pty != null && user.isPresent()) {
      Files.setAttribute(Path.of(pty.name()), "unix:uid", user.getAsInt());
    }
    return awaitMember(OwnKeyring.start(builder), users.tree(instanceId, Optional.of(place)));
  }

  // Until then it is not seen as the instance's.
  private static Process awaitMember(Process process, InstanceTree tree) throws IOException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && tree.all().stream().noneMatch(p -> p.pid() == process.pid())) {
      if (System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new HostFaultException("a shell does not become part of its instance");
      }
      LockSupport.parkNanos(1_000_000);
    }
    return process;
  }
}
