package dev.muster.worker.driver.process;

import dev.muster.worker.driver.HostFaultException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Signals to every process of an instance. Processes may be born meanwhile, so it looks again. */
final class InstanceSignals {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final InstanceTree tree;
  private final SignalToAll everywhere;

  InstanceSignals(InstanceTree tree, SignalToAll everywhere) {
    this.tree = tree;
    this.everywhere = everywhere;
  }

  /**
   * Stops them all. The supervisor comes last, so that it sees the others' end until then. What is
   * in the kernel, such as the parent of a stopped child that has not yet become another program,
   * runs no line of its own before it stops.
   */
  void pause() throws IOException, InterruptedException {
    var told = new HashSet<List<Long>>();
    Predicate<OsProcess> goesOn =
        process -> !process.stopped() && !(process.inKernel() && told.contains(identity(process)));
    Look commands = () -> tree.commands().stream().filter(goesOn).toList();
    Look everything = () -> tree.all().stream().filter(goesOn).toList();
    Act stop =
        process -> {
          Posix.kill(process, Posix.SIGSTOP);
          told.add(identity(process));
        };
    if (!untilNone(commands, stop, () -> everywhere.send("STOP"), PATIENCE)
        || !untilNone(everything, stop, PATIENCE)) {
      throw new HostFaultException("not every process stops: " + everything.now());
    }
  }

  void resume() throws IOException, InterruptedException {
    for (var process : tree.all()) {
      if (process.inKernel()) {
        // Its stop may still be to come, and is called off.
        Posix.kill(process, Posix.SIGCONT);
      }
    }
    Look stopped = () -> tree.all().stream().filter(OsProcess::stopped).toList();
    if (!untilNone(stopped, send(Posix.SIGCONT), PATIENCE)) {
      throw new HostFaultException("not every process goes on: " + stopped.now());
    }
  }

  /**
   * Ends them all, and returns when none is left. The main process is asked first, so that it can
   * end its children in order; what outlives it is asked next, in what is left of that time.
   */
  void terminate(RunStop stop) throws IOException, InterruptedException {
    var deadline = System.nanoTime() + stop.left().toNanos();
    var ask = asking(stop.asked() ? tree.main().stream().toList() : List.of());
    var noted = new AtomicBoolean(stop.asked());
    var command = tree.command();
    untilNone(
        () ->
            command.filter(OsProcess::lives).isPresent()
                ? tree.main().stream().toList()
                : List.of(),
        main -> {
          ask.on(main);
          if (noted.compareAndSet(false, true)) {
            stop.begun();
          }
          // What the main process waits for has to go on, or it waits in vain.
          goOn();
        },
        stop.left());
    untilNone(tree::commands, ask, Duration.ofNanos(deadline - System.nanoTime()));
    killAll();
  }

  /** Ends them all at once. The supervisor is left until it has put down how the main one ended. */
  void kill() throws IOException, InterruptedException {
    untilNone(() -> tree.main().stream().toList(), send(Posix.SIGKILL), PATIENCE);
    untilNone(() -> tree.supervisor().stream().toList(), send(Posix.SIGCONT), PATIENCE);
    killAll();
  }

  private void killAll() throws IOException, InterruptedException {
    if (!untilNone(tree::all, send(Posix.SIGKILL), () -> everywhere.send("KILL"), PATIENCE)) {
      throw new HostFaultException("processes cannot be killed: " + tree.all());
    }
  }

  /** Asks each process once. A stopped one takes no SIGTERM before it goes on. */
  private static Act asking(List<OsProcess> before) {
    var asked = new HashSet<List<Long>>();
    before.forEach(process -> asked.add(identity(process)));
    return process -> {
      if (asked.add(identity(process))) {
        Posix.kill(process, Posix.SIGTERM);
        // An interactive shell heeds nothing else, and must not keep the others waiting.
        if (process.variable(LaunchCommand.SHELL_VARIABLE).isPresent()) {
          Posix.kill(process, Posix.SIGHUP);
        }
      }
      Posix.kill(process, Posix.SIGCONT);
    };
  }

  private void goOn() throws IOException {
    for (var process : tree.all()) {
      if (process.stopped()) {
        Posix.kill(process, Posix.SIGCONT);
      }
    }
  }

  private static List<Long> identity(OsProcess process) {
    return List.of(process.pid(), process.startTicks());
  }

  private static Act send(int signal) {
    return process -> Posix.kill(process, signal);
  }

  private static boolean untilNone(Look look, Act act, Duration patience)
      throws IOException, InterruptedException {
    return untilNone(look, act, () -> true, patience);
  }

  /** Acts on what is seen until two looks in a row see nothing; false when patience ends first. */
  private static boolean untilNone(Look look, Act act, Sweep sweep, Duration patience)
      throws IOException, InterruptedException {
    var deadline = System.nanoTime() + patience.toNanos();
    int clean = 0;
    for (int pause = 1; clean < 2; pause = Math.min(2 * pause, 50)) {
      var swept = clean > 0 || sweep.done();
      var seen = look.now();
      for (var process : seen) {
        act.on(process);
      }
      clean = seen.isEmpty() && swept ? clean + 1 : 0;
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

  /** Acts on all at once, also on what no look sees; false when it has to be done again. */
  @FunctionalInterface
  private interface Sweep {
    boolean done() throws IOException, InterruptedException;
  }

  @FunctionalInterface
  private interface Act {
    void on(OsProcess process) throws IOException;
  }
}
