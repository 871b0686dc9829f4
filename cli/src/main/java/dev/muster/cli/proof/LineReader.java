package dev.muster.cli.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of a file, with their numbers; no line may be longer than any of an export is. */
final class LineReader implements AutoCloseable {

  private static final int BUFFER = 1 << 16;
  private static final int LONGEST = 1 << 22;

  private final InputStream in;
  private final String name;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private long number;
  private long offset;

  /**
   * @param name of the file, for people
   */
  LineReader(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  /** Of the line that was read last, from 1. */
  long number() {
    return number;
  }

  /** Bytes of all that was read. */
  long offset() {
    return offset;
  }

  /** How a line ended. */
  enum End {
    LINE,
    /** The file is over, and the line has no end. */
    CUT,
    /** The file is over, and there was no line. */
    FILE
  }

  /**
   * Adds the next line to the text, without its end.
   *
   * @throws UnreadableFileException when it is too long, or has another end than {@code \n}
   */
  End next(ByteText line) throws IOException {
    int begin = line.length();
    while (true) {
      if (at == end && !fill()) {
        return line.length() == begin ? End.FILE : End.CUT;
      }
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      line.add(buffer, from, at - from);
      offset += at - from;
      if (line.length() - begin > LONGEST) {
        throw new UnreadableFileException(
            "%s is no export: line %d is longer than any of one".formatted(name, number + 1));
      }
      if (at < end) {
        at++;
        offset++;
        number++;
        refuseCarriageReturn(line, begin);
        return End.LINE;
      }
    }
  }

  private boolean fill() throws IOException {
    end = in.read(buffer);
    at = 0;
    if (end < 0) {
      end = 0;
      return false;
    }
    return true;
  }

  private void refuseCarriageReturn(ByteText line, int begin) {
    if (line.length() > begin && line.array()[line.length() - 1] == '\r') {
      throw windows(name, number);
    }
  }

  static UnreadableFileException windows(String name, long line) {
    return new UnreadableFileException(
        "%s has the line ends of Windows (CRLF, line %d): something has changed it on its way"
            .formatted(name, line),
        "Copy it as a binary file, or undo that: tr -d '\\r'");
  }

  /** The first line, as text. */
  Optional<String> first() throws IOException {
    var line = new ByteText();
    return next(line) == End.FILE
        ? Optional.empty()
        : Optional.of(new String(line.copy(), StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
