package dev.muster.worker.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.events.log.LogLine;
import dev.muster.worker.driver.Output;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Output cut into lines. Lines end with a line feed, and a carriage return before it belongs to the
 * end; what is no UTF-8 is replaced. A line over 16 KiB is cut, though not within a character.
 *
 * @param taken how many bytes of the output are in the lines
 */
record LineSplitter(List<LogLine> lines, int taken) {

  static final int LONGEST = 16 << 10;

  /** What a line costs beside its characters, as JSON. */
  static final int COST_OF_A_LINE = 80;

  /**
   * @param all whether a rest without its end counts as a line
   * @param costLimit of all lines together, roughly, in bytes of JSON; passed by one line at most
   */
  static LineSplitter of(Output output, boolean all, Instant at, int costLimit) {
    var bytes = output.bytes();
    var lines = new ArrayList<LogLine>();
    if (output.missing() > 0) {
      lines.add(new LogLine(output.offset(), at, lost(output.missing())));
    }
    int from = 0;
    for (int cost = 0; from < bytes.length && cost < costLimit; ) {
      int end = endOfLine(bytes, from, all, output.last());
      if (end < 0) {
        break;
      }
      var text = text(bytes, from, end);
      lines.add(new LogLine(output.offset() + end, at, text));
      cost += costOf(text);
      from = end;
    }
    return new LineSplitter(lines, from);
  }

  /** Whether there is a beginning of a line whose end is not there yet. */
  boolean hasRest(Output output) {
    return taken < output.bytes().length;
  }

  static int costOf(String text) {
    return COST_OF_A_LINE + (int) text.chars().mapToLong(LineSplitter::costOf).sum();
  }

  private static int costOf(int character) {
    return character < ' ' ? 6 : character < 0x80 ? 1 : 3;
  }

  private static String lost(long bytes) {
    return "[muster: %d bytes are missing here, they were printed faster than they could be sent]"
        .formatted(bytes);
  }

  private static int endOfLine(byte[] bytes, int from, boolean all, boolean isLast) {
    int most = Math.min(bytes.length, from + LONGEST);
    for (int i = from; i < most; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    if (most < bytes.length || most - from == LONGEST) {
      var whole = wholeCharacters(bytes, from, most);
      return whole > from ? whole : most;
    }
    if (isLast) {
      return most;
    }
    // The rest of a character may be long in coming, and comes whole.
    var whole = all ? wholeCharacters(bytes, from, most) : from;
    return whole > from ? whole : -1;
  }

  /** Where the last whole character before {@code end} ends; {@code end} when there is no UTF-8. */
  private static int wholeCharacters(byte[] bytes, int from, int end) {
    int start = end - 1;
    while (start > from && end - start < 4 && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    int lead = bytes[start] & 0xFF;
    int length = lead >= 0xF8 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return start + length > end ? start : end;
  }

  private static String text(byte[] bytes, int from, int end) {
    int to = end;
    if (to > from && bytes[to - 1] == '\n') {
      to--;
      if (to > from && bytes[to - 1] == '\r') {
        to--;
      }
    }
    return new String(bytes, from, to - from, UTF_8);
  }
}
