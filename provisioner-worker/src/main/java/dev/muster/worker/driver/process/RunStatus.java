package dev.muster.worker.driver.process;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What can be told of a run from its folder and from /proc. */
sealed interface RunStatus {

  /** Nobody started its command. */
  record Unborn() implements RunStatus {}

  /** The command runs, or its supervisor is about to write down how it ended. */
  record Alive(ProcessIdentity main) implements RunStatus {}

  /**
   * @param exitCode as its supervisor left it, or null when it could not
   */
  record Ended(@Nullable Integer exitCode, String reason) implements RunStatus {}

  static RunStatus of(RunFolder run) throws IOException {
    var main = run.main();
    if (main.isEmpty()) {
      return new Unborn();
    }
    // The supervisor is looked at before the status it may write meanwhile.
    var waited = main.get().find().isPresent() || supervised(run);
    var status = run.exitStatus();
    if (status.isPresent()) {
      return new Ended(status.get().code(), status.get().reason());
    }
    return waited ? new Alive(main.get()) : new Ended(null, unknown(main.get()));
  }

  /** Whether somebody waits for the command's end; a supervisor that is paused is woken for it. */
  private static boolean supervised(RunFolder run) throws IOException {
    var supervisor = run.supervisor();
    if (supervisor.isEmpty()) {
      return false;
    }
    var process = supervisor.get().find();
    long pid = supervisor.get().pid();
    if (process.isPresent()) {
      for (var other : OsProcess.all()) {
        // It may wait for one that waits for the command.
        if (other.stopped() && (other.pid() == pid || other.parent() == pid)) {
          Posix.kill(other, Posix.SIGCONT);
        }
      }
    }
    return process.isPresent();
  }

  private static String unknown(ProcessIdentity main) throws IOException {
    return main.ofThisBoot()
        ? "the process is gone, and so is the supervisor that would know its exit code"
        : "the host was started anew, and the process was not";
  }
}
