package dev.muster.worker.driver.process;

import dev.muster.worker.driver.HostFaultException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

/** Signals to every process of an instance. Processes may be born meanwhile, so it looks again. */
final class InstanceProcesses {

  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final InstanceTree tree;

  InstanceProcesses(InstanceTree tree) {
    this.tree = tree;
  }

  /** Stops them all. The supervisor comes last, so that it sees the others' end until then. */
  void pause() throws IOException, InterruptedException {
    Look commands = () -> tree.commands().stream().filter(p -> !p.stopped()).toList();
    Look everything = () -> tree.all().stream().filter(p -> !p.stopped()).toList();
    if (!untilNone(commands, send(Posix.SIGSTOP), PATIENCE)
        || !untilNone(everything, send(Posix.SIGSTOP), PATIENCE)) {
      throw new HostFaultException("not every process stops: " + everything.now());
    }
  }

  void resume() throws IOException, InterruptedException {
    Look stopped = () -> tree.all().stream().filter(OsProcess::stopped).toList();
    if (!untilNone(stopped, send(Posix.SIGCONT), PATIENCE)) {
      throw new HostFaultException("not every process goes on: " + stopped.now());
    }
  }

  /** Ends them all, politely at first, and returns when none is left. */
  void terminate() throws IOException, InterruptedException {
    var asked = new HashSet<List<Long>>();
    Consumer<OsProcess> politely =
        process -> {
          if (asked.add(List.of(process.pid(), process.startTicks()))) {
            Posix.kill(process.pid(), Posix.SIGTERM);
            // An interactive shell heeds nothing else, and must not keep the others waiting.
            if (process.variable(Command.SHELL_VARIABLE).isPresent()) {
              Posix.kill(process.pid(), Posix.SIGHUP);
            }
          }
          // A stopped process takes no SIGTERM before it goes on.
          Posix.kill(process.pid(), Posix.SIGCONT);
        };
    untilNone(tree::commands, politely, GRACE);
    if (!untilNone(tree::all, send(Posix.SIGKILL), PATIENCE)) {
      throw new HostFaultException("processes cannot be killed: " + tree.all());
    }
  }

  private static Consumer<OsProcess> send(int signal) {
    return process -> Posix.kill(process.pid(), signal);
  }

  /** Acts on what is seen until two looks in a row see nothing; false when patience ends first. */
  private static boolean untilNone(Look look, Consumer<OsProcess> act, Duration patience)
      throws IOException, InterruptedException {
    var deadline = System.nanoTime() + patience.toNanos();
    int clean = 0;
    for (int pause = 1; clean < 2; pause = Math.min(2 * pause, 50)) {
      var seen = look.now();
      seen.forEach(act);
      clean = seen.isEmpty() ? clean + 1 : 0;
      if (clean == 0) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        Thread.sleep(pause);
      }
    }
    return true;
  }

  @FunctionalInterface
  private interface Look {
    List<OsProcess> now() throws IOException;
  }
}
