package dev.muster.worker.driver.process;

import dev.muster.worker.driver.HostFaultException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A signal to every process of an instance in one step of the kernel: those that multiply faster
 * than /proc can be read do not escape it.
 *
 * @param as words before a command, so that a signal of it to all reaches them and nobody else;
 *     empty when there are none
 */
record SignalToAll(List<String> as) {

  private static final long PATIENCE_SECONDS = 5;

  /** False when the sender was kept from it. */
  boolean send(String signal) throws IOException, InterruptedException {
    if (as.isEmpty()) {
      return true;
    }
    var sender =
        UserSwitch.start(as, Redirect.DISCARD, "sh", "-c", "kill -s %s -- -1".formatted(signal));
    if (!sender.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      sender.destroyForcibly();
      throw new HostFaultException("a signal cannot be sent: " + as);
    }
    // 1: there was nobody.
    return sender.exitValue() <= 1;
  }
}
