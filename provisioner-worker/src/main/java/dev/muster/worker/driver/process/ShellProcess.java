package dev.muster.worker.driver.process;

import dev.muster.worker.driver.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A shell that leads a session of its own. */
final class ShellProcess implements Shell {

  private static final Logger log = LoggerFactory.getLogger(ShellProcess.class);
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Process process;
  private final @Nullable Pty pty;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  /**
   * @param pty its terminal, or null when it has none
   */
  ShellProcess(Process process, @Nullable Pty pty) {
    this.process = process;
    this.pty = pty;
    // Not onExit, which has its say on a pool where anybody's work may be before it.
    Thread.ofVirtual().name("shell-exit").start(this::await);
  }

  private void await() {
    try {
      exit.complete(process.waitFor());
    } catch (InterruptedException e) {
      exit.completeExceptionally(e);
    }
  }

  @Override
  public OutputStream input() {
    return pty == null ? process.getOutputStream() : pty.input();
  }

  @Override
  public InputStream output() {
    return pty == null ? process.getInputStream() : pty.output(process::isAlive);
  }

  @Override
  public InputStream errors() {
    return pty == null ? process.getErrorStream() : InputStream.nullInputStream();
  }

  @Override
  public void resize(int columns, int rows) {
    if (pty != null) {
      pty.resize(columns, rows);
    }
  }

  @Override
  public CompletableFuture<Integer> exit() {
    return exit;
  }

  @Override
  public void end() {
    Thread.ofVirtual().name("shell-end").start(this::hangUp);
  }

  private void hangUp() {
    try {
      if (process.isAlive()) {
        for (var member : OsProcess.all()) {
          if (member.session() == process.pid()) {
            Posix.kill(member, Posix.SIGHUP);
          }
        }
      }
      // Of an instance that is paused nothing goes on, not even to its end.
      var paused = OsProcess.read(process.pid()).filter(OsProcess::stopped).isPresent();
      if (paused || !process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      log.warn("a shell cannot be hung up and is killed pid={}", process.pid(), e);
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (pty != null) {
        pty.close();
      }
    }
  }
}
