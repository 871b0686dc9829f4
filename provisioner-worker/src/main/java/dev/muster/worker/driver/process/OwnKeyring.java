package dev.muster.worker.driver.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Starts what must not have the keys of the platform's session. */
final class OwnKeyring {

  private OwnKeyring() {}

  /**
   * Starts it with a session keyring of its own. An ordinary user may have so few keys that the
   * keyrings of many instances would keep that user from logging in: theirs is the platform's.
   */
  static Process start(ProcessBuilder builder) throws IOException {
    return OsProcess.isRoot() ? inThread(builder) : builder.start();
  }

  // A session keyring is the thread's: this one has it, and ends.
  private static Process inThread(ProcessBuilder builder) throws IOException {
    var started = new CompletableFuture<Process>();
    Thread.ofPlatform().name("instance-start").start(() -> start(builder, started));
    try {
      return started.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a process starts");
    }
  }

  private static void start(ProcessBuilder builder, CompletableFuture<Process> started) {
    try {
      Posix.joinNewKeyring();
      started.complete(builder.start());
    } catch (IOException | RuntimeException e) {
      started.completeExceptionally(e);
    }
  }
}
