package dev.muster.query.live.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.query.live.StreamListener;
import dev.muster.query.sending.TimedOutput;
import java.io.IOException;
import java.time.Duration;

/**
 * Writes a stream as {@code text/event-stream}, with comments while it is silent. An {@code id}
 * without data is no event to a client, but where it goes on from next time.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
final class SseWriter implements StreamListener {

  private static final String OPENING = ": events\nretry: 2000\nid: %d\n\n";
  private static final String HEARTBEAT = ": heartbeat\n\n";
  private static final String HEARTBEAT_AND_ID = ": heartbeat\nid: %d\n\n";

  private final TimedOutput out;
  private final Duration heartbeat;
  private long told;

  SseWriter(TimedOutput out, Duration heartbeat) {
    this.out = out;
    this.heartbeat = heartbeat;
  }

  @Override
  public void begun(long last) throws IOException {
    event(last, OPENING.formatted(last).getBytes(UTF_8));
    out.flush();
  }

  @Override
  public void event(long number, byte[] frame) throws IOException {
    told = number;
    out.write(frame);
  }

  @Override
  public void pause(long last) throws IOException {
    if (out.isSilentFor(heartbeat)) {
      var beat = told == last ? HEARTBEAT : HEARTBEAT_AND_ID.formatted(last);
      event(last, beat.getBytes(UTF_8));
    }
    out.flush();
  }
}
