package dev.muster.worker.driver;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** A shell, or a command, that runs in an instance beside its own process. */
public interface Shell {

  /** What it reads; closing it is the end of its input. */
  OutputStream input();

  /** What it prints; with a terminal its errors are among it. */
  InputStream output();

  /** Its errors apart; without a terminal only. */
  InputStream errors();

  /** Says how large the terminal is from now on; without one nothing happens. */
  void resize(int columns, int rows);

  /** Its exit code, once it has ended: 0..255, 128 + n for signal n. */
  CompletableFuture<Integer> exit();

  /** Hangs up: it ends within a second, and so does what it runs unless that ignores a hangup. */
  void end();
}
