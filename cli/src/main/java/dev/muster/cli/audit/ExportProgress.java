package dev.muster.cli.audit;

import dev.muster.cli.Environment;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Shows a person at a terminal how far an export has come. */
final class ExportProgress implements LongConsumer, AutoCloseable {

  private static final long OFTEN = Duration.ofMillis(200).toNanos();

  private final Environment environment;
  private final long all;
  private final long begun;
  private final long start = System.nanoTime();
  private long drawn = start;
  private boolean shown;

  /**
   * @param all rows that there will be
   * @param begun rows that there were at the start
   */
  ExportProgress(Environment environment, long all, long begun) {
    this.environment = environment;
    this.all = all;
    this.begun = begun;
  }

  @Override
  public void accept(long rows) {
    long now = System.nanoTime();
    if (!environment.errIsTerminal() || now - drawn < OFTEN) {
      return;
    }
    drawn = now;
    shown = true;
    environment
        .err()
        .print(
            "\r\u001b[K%,d of %,d events (%d %%), %,.0f a second"
                .formatted(rows, all, 100 * rows / all, (rows - begun) * 1e9 / (now - start)));
    environment.err().flush();
  }

  @Override
  public void close() {
    if (shown) {
      environment.err().print("\r\u001b[K");
      environment.err().flush();
    }
  }
}
