package dev.muster.query.logs;

import dev.muster.events.log.LogChunk;
import java.io.IOException;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** One caller's way through the lines of an instance, each after the one before it. */
public final class LogReading {

  private final KeptLines kept;
  private final String instanceId;
  private final Instant since;
  private long last;
  private boolean isOver;

  LogReading(KeptLines kept, String instanceId, long last, Instant since) {
    this.kept = kept;
    this.instanceId = instanceId;
    this.last = last;
    this.since = since;
  }

  /**
   * Passes what is kept.
   *
   * @throws IOException what the listener throws
   */
  public void run(LogListener listener, BooleanSupplier isAllowed) throws IOException {
    listener.begun(last);
    var place = kept.placeBefore(instanceId, last);
    var rows = kept.next(instanceId, place);
    while (!rows.isEmpty() && isAllowed.getAsBoolean()) {
      for (var row : rows) {
        pass(row.chunk(), listener);
        place = row.place();
      }
      rows = kept.next(instanceId, place);
    }
    listener.pause();
  }

  /** Passes those lines that come after the last one. */
  void pass(LogChunk chunk, LogListener listener) throws IOException {
    for (var line : chunk.lines()) {
      if (line.end() > last) {
        if (!line.at().isBefore(since)) {
          listener.line(line);
        }
        last = line.end();
      }
    }
    isOver |= chunk.last();
  }

  /** Whether the instance was removed and everything was passed. */
  boolean isOver() {
    return isOver;
  }
}
