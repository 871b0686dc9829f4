package dev.muster.worker.driver.process;

import dev.muster.worker.driver.HostFaultException;
import java.io.IOException;

/** Work on a host's files; what they refuse is a fault of the host. */
@FunctionalInterface
interface HostAction<T> {

  T run() throws IOException, InterruptedException;

  static <T> T onHost(HostAction<T> action) throws InterruptedException {
    try {
      return action.run();
    } catch (IOException e) {
      throw fault(e);
    }
  }

  static HostFaultException fault(IOException e) {
    return new HostFaultException("the host's files fail: " + e, e);
  }
}
