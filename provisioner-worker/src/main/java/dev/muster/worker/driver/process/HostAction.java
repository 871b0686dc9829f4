package dev.muster.worker.driver.process;

import dev.muster.worker.driver.HostFaultException;
import java.io.IOException;

/** Work on a host's files; what they refuse is a fault of the host. */
@FunctionalInterface
interface HostAction<T> {

  int PART = 120;

  T run() throws IOException, InterruptedException;

  static <T> T onHost(HostAction<T> action) throws InterruptedException {
    try {
      return action.run();
    } catch (IOException e) {
      throw fault(e);
    }
  }

  /** The same for what does not wait. */
  static <T> T onFiles(FileAction<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw fault(e);
    }
  }

  @FunctionalInterface
  interface FileAction<T> {

    T run() throws IOException;
  }

  private static HostFaultException fault(IOException e) {
    return new HostFaultException("the host's files fail: " + shortened(e.toString()), e);
  }

  // The path is the instance's choice, and what went wrong stands behind it.
  private static String shortened(String text) {
    return text.length() <= 2 * PART
        ? text
        : text.substring(0, PART) + " … " + text.substring(text.length() - PART);
  }
}
