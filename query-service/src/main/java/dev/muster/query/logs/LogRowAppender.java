package dev.muster.query.logs;

import dev.muster.events.log.LogChunk;
import dev.muster.events.log.LogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * New lines of one instance put after those that are kept. Small rows grow, so that an instance
 * that prints a line now and then does not have a row for each.
 */
final class LogRowAppender {

  private static final long LARGE_BYTES = 16 << 10;
  private static final int LARGE_LINES = 500;

  private final Map<Long, LogChunk> changed = new TreeMap<>();
  private @Nullable LogChunk newest;

  LogRowAppender(@Nullable LogChunk newest) {
    this.newest = newest;
  }

  /** Leaves out what is there already. */
  void add(LogChunk chunk) {
    var before = newest;
    if (before == null) {
      keep(chunk);
      return;
    }
    var lines = chunk.lines().stream().filter(line -> line.end() > before.end()).toList();
    if (lines.isEmpty() && (before.last() || !chunk.last())) {
      return;
    }
    var isLast = before.last() || chunk.last();
    if (lines.isEmpty() || isSmall(before)) {
      keep(new LogChunk(chunk.instanceId(), before.offset(), joined(before, lines), isLast));
    } else {
      var offset = Math.max(before.end(), chunk.offset());
      keep(new LogChunk(chunk.instanceId(), offset, lines, isLast));
    }
  }

  /** The rows that are new or larger now, in their order. */
  List<LogRow> rows() {
    return changed.values().stream().map(LogRow::of).toList();
  }

  private void keep(LogChunk chunk) {
    newest = chunk;
    changed.put(chunk.offset(), chunk);
  }

  private static boolean isSmall(LogChunk chunk) {
    return chunk.end() - chunk.offset() < LARGE_BYTES && chunk.lines().size() < LARGE_LINES;
  }

  private static List<LogLine> joined(LogChunk before, List<LogLine> lines) {
    var all = new ArrayList<>(before.lines());
    all.addAll(lines);
    return all;
  }
}
