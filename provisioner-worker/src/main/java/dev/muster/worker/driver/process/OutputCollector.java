package dev.muster.worker.driver.process;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who copies what a run prints from its pipe to its log. It is the host's, not the instance's: it
 * is neither paused nor ended with it, and ends by itself when nobody is left who could print.
 *
 * @param shell none where the run has no pipe, as one of an earlier version
 */
record OutputCollector(Optional<ProcessIdentity> shell) {

  static final OutputCollector NONE = new OutputCollector(Optional.empty());

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  static OutputCollector of(RunFolder run) throws IOException {
    return new OutputCollector(run.collector());
  }

  /** Of those processes, the others. */
  Predicate<OsProcess> others(Collection<OsProcess> processes) {
    var there = shell.filter(s -> processes.stream().anyMatch(s::is));
    return process ->
        there.isEmpty() || !there.get().is(process) && process.parent() != there.get().pid();
  }

  /** Waits until all is in the log; nothing of the run is left. */
  void await() throws IOException, InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    for (int pause = 1; shell.isPresent(); pause = Math.min(2 * pause, 50)) {
      var left = shell.get().find();
      if (left.isEmpty()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        // Somebody else has the pipe open.
        end(left.get());
      }
      Thread.sleep(pause);
    }
  }

  private static void end(OsProcess shell) throws IOException {
    var all = OsProcess.all();
    Posix.kill(shell, Posix.SIGKILL);
    for (var process : all) {
      if (process.parent() == shell.pid()) {
        Posix.kill(process, Posix.SIGKILL);
      }
    }
  }
}
