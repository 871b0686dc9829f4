package dev.muster.worker.logs;

import dev.muster.events.log.LogChunk;
import dev.muster.events.log.LogLine;
import dev.muster.worker.driver.Output;
import java.util.ArrayList;
import java.util.List;

/** Lines put together to chunks that a broker takes. */
final class LogChunkBuilder {

  /** In bytes of JSON, roughly; a broker takes 1 MiB unless it is told otherwise. */
  private static final int LARGEST = 256 << 10;

  private LogChunkBuilder() {}

  static List<LogChunk> of(Output output, LineSplitter split) {
    var chunks = new ArrayList<LogChunk>();
    var isLast = output.last() && !split.hasRest(output);
    var lines = split.lines();
    long offset = output.offset() - output.missing();
    int from = 0;
    for (int cost = 0, i = 0; i < lines.size(); i++) {
      cost += LineSplitter.costOf(lines.get(i).text());
      if (cost >= LARGEST || i == lines.size() - 1) {
        var part = lines.subList(from, i + 1);
        chunks.add(chunk(output, offset, part, isLast && i == lines.size() - 1));
        offset = lines.get(i).end();
        from = i + 1;
        cost = 0;
      }
    }
    if (isLast && chunks.isEmpty()) {
      chunks.add(chunk(output, offset, List.of(), true));
    }
    return chunks;
  }

  private static LogChunk chunk(Output output, long offset, List<LogLine> lines, boolean last) {
    return new LogChunk(output.instanceId(), offset, lines, last);
  }
}
