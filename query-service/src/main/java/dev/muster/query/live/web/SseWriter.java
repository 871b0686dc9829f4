package dev.muster.query.live.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.query.live.StreamListener;
import java.io.IOException;
import java.io.OutputStream;
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

  private final OutputStream out;
  private final Duration heartbeat;
  private final Duration limit;
  private long told;
  private boolean hasWritten;
  private long flushedAt;

  /**
   * @param limit how long a client may take for one event; the server itself cuts off one that
   *     takes nothing at all for so long
   */
  SseWriter(OutputStream out, Duration heartbeat, Duration limit) {
    this.out = out;
    this.heartbeat = heartbeat;
    this.limit = limit;
  }

  @Override
  public void begun(long last) throws IOException {
    write(last, OPENING.formatted(last).getBytes(UTF_8));
    flush();
  }

  @Override
  public void event(long number, byte[] frame) throws IOException {
    write(number, frame);
  }

  @Override
  public void pause(long last) throws IOException {
    if (!hasWritten && System.nanoTime() - flushedAt >= heartbeat.toNanos()) {
      var beat = told == last ? HEARTBEAT : HEARTBEAT_AND_ID.formatted(last);
      write(last, beat.getBytes(UTF_8));
    }
    if (hasWritten) {
      flush();
    }
  }

  private void write(long number, byte[] bytes) throws IOException {
    var begun = System.nanoTime();
    out.write(bytes);
    told = number;
    hasWritten = true;
    requireInTime(begun);
  }

  private void flush() throws IOException {
    var begun = System.nanoTime();
    out.flush();
    hasWritten = false;
    flushedAt = System.nanoTime();
    requireInTime(begun);
  }

  private void requireInTime(long begun) throws SlowReaderException {
    if (System.nanoTime() - begun > limit.toNanos()) {
      throw new SlowReaderException(limit);
    }
  }
}
