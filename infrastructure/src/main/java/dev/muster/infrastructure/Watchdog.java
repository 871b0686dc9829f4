package dev.muster.infrastructure;

import java.io.IOException;

/**
 * A shell that waits for this JVM to end, and then asks another process to stop. It reads from a
 * pipe that only this JVM holds, so it notices even {@code kill -9}.
 */
final class Watchdog implements AutoCloseable {

  private final Process shell;

  private Watchdog(Process shell) {
    this.shell = shell;
  }

  static Watchdog over(long pid) throws IOException {
    // In a session of its own, or Ctrl-C in a terminal would end it with the rest.
    var shell =
        new ProcessBuilder("setsid", "sh", "-c", "read _; kill -INT " + pid)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Watchdog(shell);
  }

  @Override
  public void close() throws IOException {
    shell.destroyForcibly();
    shell.getOutputStream().close();
  }
}
