package dev.muster.cli.proof;

import dev.muster.cli.proof.ExportPart.Tile;
import dev.muster.cli.proof.TileCheck.Checked;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Checks tiles on all processors, and gives what came of each in their order. */
final class TileQueue implements AutoCloseable {

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** Some more than are worked on, so that nobody waits for the reader. */
  private static final int MOST = 4 * PROCESSORS;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(PROCESSORS, Thread.ofPlatform().daemon().factory());
  private final ThreadLocal<TileCheck> checks = ThreadLocal.withInitial(TileCheck::new);
  private final Queue<Future<Optional<Checked>>> waiting = new ArrayDeque<>();

  boolean isFull() {
    return waiting.size() >= MOST;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(Tile tile) {
    waiting.add(threads.submit(() -> checks.get().check(tile)));
  }

  /** Of the oldest; waits for it. */
  Optional<Checked> take() {
    try {
      return waiting.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
