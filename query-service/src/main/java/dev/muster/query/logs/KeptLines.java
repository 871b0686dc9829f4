package dev.muster.query.logs;

import dev.muster.events.log.LogChunk;
import dev.muster.query.store.ReadStore;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** What instances have printed, as far as it is kept. Never more than a few rows in memory. */
@Component
final class KeptLines {

  private static final int ROWS = 4;

  private final ReadStore store;

  KeptLines(ReadStore store) {
    this.store = store;
  }

  /** The end after which the newest {@code tail} lines since that moment come. */
  long startOf(String instanceId, int tail, Instant since) {
    var before = LogRow.after(instanceId);
    long start = store.read(m -> LogRows.newest(m, instanceId)).map(LogRow::end).orElse(0L);
    int left = tail;
    while (left > 0) {
      var last = before;
      var rows = store.read(m -> LogRows.newest(m, instanceId, last, ROWS));
      if (rows.isEmpty()) {
        return start;
      }
      for (var row : rows) {
        for (var line : row.chunk().lines().reversed()) {
          if (left == 0 || line.at().isBefore(since)) {
            return start;
          }
          start = line.end() - 1;
          left--;
        }
      }
      before = rows.getLast().id();
    }
    return start;
  }

  /** A place from which to {@link #next} through all lines that end after {@code end}. */
  String placeBefore(String instanceId, long end) {
    // Just before the row that has the line which ends there, for it may have more.
    return store
        .read(m -> LogRows.idAt(m, instanceId, end))
        .map(id -> id.substring(0, id.length() - 1))
        .orElse(LogRow.before(instanceId));
  }

  /** The next rows, none when there are no more. */
  List<Kept> next(String instanceId, String place) {
    return store.read(m -> LogRows.oldest(m, instanceId, place, ROWS)).stream()
        .map(row -> new Kept(row.id(), row.chunk()))
        .toList();
  }

  record Kept(String place, LogChunk chunk) {}
}
