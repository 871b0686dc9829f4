package dev.muster.query.logs.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.events.log.LogLine;
import dev.muster.query.logs.LogListener;
import dev.muster.query.sending.TimedOutput;
import java.io.IOException;
import java.time.Duration;

/** A line of the log is a line of the body, and nothing is added. */
final class PlainLines implements LogListener {

  /** Nothing can be sent to see whether the client is still there, so it ends at some time. */
  private static final Duration LONGEST_SILENCE = Duration.ofHours(1);

  private final TimedOutput out;
  private boolean hasBegun;

  PlainLines(TimedOutput out) {
    this.out = out;
  }

  @Override
  public void begun(long last) {}

  @Override
  public void line(LogLine line) throws IOException {
    out.write((ControlCharacterEscaper.text(line.text()) + "\n").getBytes(UTF_8));
  }

  @Override
  public void ended(String reason) {}

  @Override
  public boolean pause() throws IOException {
    if (!hasBegun) {
      // The head of the answer does not wait for a first line.
      out.write(new byte[0]);
      hasBegun = true;
    }
    out.flush();
    return !out.isSilentFor(LONGEST_SILENCE);
  }
}
