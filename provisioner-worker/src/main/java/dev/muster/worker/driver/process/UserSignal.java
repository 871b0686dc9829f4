package dev.muster.worker.driver.process;

import dev.muster.worker.driver.HostFaultException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A signal to every process of a user in one step of the kernel: those that multiply faster than
 * /proc can be read do not escape it.
 */
record UserSignal(OptionalInt user) {

  private static final long PATIENCE_SECONDS = 5;

  /** Sent by that user, so that it reaches nobody else. False when the sender was kept from it. */
  boolean send(String signal) throws IOException, InterruptedException {
    if (user.isEmpty()) {
      return true;
    }
    var sender =
        UserSwitch.start(
            user.getAsInt(), Redirect.DISCARD, "sh", "-c", "kill -s %s -- -1".formatted(signal));
    if (!sender.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      sender.destroyForcibly();
      throw new HostFaultException("a signal cannot be sent to user " + user.getAsInt());
    }
    // 1: there was nobody.
    return sender.exitValue() <= 1;
  }
}
