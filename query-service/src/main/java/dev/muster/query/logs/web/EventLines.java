package dev.muster.query.logs.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.events.codec.Json;
import dev.muster.events.log.LogLine;
import dev.muster.events.view.Rfc3339;
import dev.muster.query.logs.LogListener;
import dev.muster.query.sending.TimedOutput;
import java.io.IOException;
import java.time.Duration;

/** A line of the log is an event, whose id is where a client goes on. */
final class EventLines implements LogListener {

  private static final String OPENING = ": lines\nretry: 2000\nid: %d\n\n";
  private static final byte[] HEARTBEAT = ": heartbeat\n\n".getBytes(UTF_8);

  private final TimedOutput out;
  private final Duration heartbeat;

  /**
   * @param at RFC 3339
   * @param text as the instance printed it
   */
  private record Data(String at, String text) {}

  EventLines(TimedOutput out, Duration heartbeat) {
    this.out = out;
    this.heartbeat = heartbeat;
  }

  @Override
  public void begun(long last) throws IOException {
    out.write(OPENING.formatted(last).getBytes(UTF_8));
  }

  @Override
  public void line(LogLine line) throws IOException {
    var data = Json.write(new Data(Rfc3339.of(line.at()), line.text()));
    var json = ControlCharacterEscaper.json(new String(data, UTF_8));
    out.write("id: %d\ndata: %s\n\n".formatted(line.end(), json).getBytes(UTF_8));
  }

  @Override
  public void ended(String reason) throws IOException {
    out.write("event: end\ndata: {\"reason\":\"%s\"}\n\n".formatted(reason).getBytes(UTF_8));
    out.flush();
  }

  @Override
  public boolean pause() throws IOException {
    if (out.isSilentFor(heartbeat)) {
      out.write(HEARTBEAT);
    }
    out.flush();
    return true;
  }
}
