package dev.muster.query.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.events.log.LogChunk;
import dev.muster.events.log.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An instance that prints, and the chunks that a worker would make of it. */
public final class Printer {

  public static final Instant NOON = Instant.parse("2026-03-14T12:00:00Z");

  private final String instanceId;
  private long printed;

  public Printer(String instanceId) {
    this.instanceId = instanceId;
  }

  /** Lines printed a second after the other, from noon on. */
  public LogChunk prints(String... lines) {
    return chunk(NOON, false, lines);
  }

  public LogChunk printsAt(Instant at, String... lines) {
    return chunk(at, false, lines);
  }

  /** Its last lines. */
  public LogChunk ends(String... lines) {
    return chunk(NOON, true, lines);
  }

  private LogChunk chunk(Instant at, boolean last, String... texts) {
    var offset = printed;
    var lines = new ArrayList<LogLine>();
    for (var text : texts) {
      printed += text.getBytes(UTF_8).length + 1;
      lines.add(new LogLine(printed, at.plusSeconds(lines.size()), text));
    }
    return new LogChunk(instanceId, offset, List.copyOf(lines), last);
  }
}
