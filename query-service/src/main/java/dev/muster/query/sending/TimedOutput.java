package dev.muster.query.sending;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** What a client takes in time, or it is cut off. */
public final class TimedOutput {

  private final OutputStream out;
  private final Duration limit;
  private boolean hasWritten;
  private long flushedAt = System.nanoTime();

  /**
   * @param limit how long a client may take for one event; the server itself cuts off one that
   *     takes nothing at all for so long
   */
  public TimedOutput(OutputStream out, Duration limit) {
    this.out = out;
    this.limit = limit;
  }

  /**
   * One event, or one line.
   *
   * @throws IOException when the client is gone, or took too long
   */
  public void write(byte[] bytes) throws IOException {
    var begun = System.nanoTime();
    out.write(bytes);
    hasWritten = true;
    requireInTime(begun);
  }

  /** Lets the client have what was written; nothing is done when nothing was. */
  public void flush() throws IOException {
    if (!hasWritten) {
      return;
    }
    var begun = System.nanoTime();
    out.flush();
    hasWritten = false;
    flushedAt = System.nanoTime();
    requireInTime(begun);
  }

  /** Whether nothing was sent for so long, and nothing waits to be. */
  public boolean isSilentFor(Duration time) {
    return !hasWritten && System.nanoTime() - flushedAt >= time.toNanos();
  }

  private void requireInTime(long begun) throws SlowReaderException {
    if (System.nanoTime() - begun > limit.toNanos()) {
      throw new SlowReaderException(limit);
    }
  }
}
