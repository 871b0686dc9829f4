package dev.muster.events.log;

import java.util.List;

/**
 * Lines that an instance printed one after the other. Chunks come in order, and some of them more
 * than once, not always cut in the same way: a line is new to a reader when its end is.
 *
 * @param offset how many bytes the instance had printed before the first of these lines
 * @param lines in their order; none when there is only the end to tell
 * @param last whether nothing more will come, since the instance was removed
 */
public record LogChunk(String instanceId, long offset, List<LogLine> lines, boolean last) {

  public LogChunk {
    lines = List.copyOf(lines);
  }

  /** How many bytes the instance had printed with the last of these lines. */
  public long end() {
    return lines.isEmpty() ? offset : lines.getLast().end();
  }
}
