package load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads answers of HTTP/1.1 off one kept connection: with a Content-Length, in chunks, or without a
 * body. Looks at no more of the headers than it needs, so that it costs little beside a server.
 */
public final class AnswerReader {

  private static final int LONGEST_LINE = 16 << 10;
  private static final byte[] LENGTH = "content-length:".getBytes(ISO_8859_1);
  private static final byte[] ENCODING = "transfer-encoding:".getBytes(ISO_8859_1);
  private static final byte[] RETRY = "retry-after:".getBytes(ISO_8859_1);
  private static final byte[] CONNECTION = "connection:".getBytes(ISO_8859_1);
  private static final byte[] EMPTY = {};

  private final InputStream in;
  private final byte[] buffer = new byte[LONGEST_LINE];
  private int at;
  private int end;
  // The line that was read last, in the buffer.
  private int from;
  private int to;

  public AnswerReader(InputStream in) {
    this.in = in;
  }

  /**
   * @throws IOException when the connection ends before the answer does, or what comes is no HTTP
   */
  public Answer read() throws IOException {
    readLine();
    int status = status();
    int length = 0;
    boolean chunked = false;
    boolean retryAfter = false;
    boolean last = false;
    for (readLine(); to > from; readLine()) {
      if (begins(LENGTH)) {
        length = Integer.parseInt(value(LENGTH));
      } else if (begins(ENCODING)) {
        chunked = value(ENCODING).equalsIgnoreCase("chunked");
      } else if (begins(CONNECTION)) {
        last = value(CONNECTION).equalsIgnoreCase("close");
      } else {
        retryAfter |= begins(RETRY);
      }
    }
    if (status == 204 || status == 304) {
      return new Answer(status, retryAfter, last, EMPTY);
    }
    return new Answer(status, retryAfter, last, chunked ? chunks() : bytes(length));
  }

  private int status() throws IOException {
    if (to - from < 12 || buffer[from] != 'H' || buffer[from + 8] != ' ') {
      throw new IOException("no answer of HTTP/1.1: " + line());
    }
    return Integer.parseInt(new String(buffer, from + 9, 3, ISO_8859_1));
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      readLine();
      int size = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
      if (size == 0) {
        break;
      }
      body.writeBytes(bytes(size));
      readLine();
    }
    do {
      readLine();
    } while (to > from);
    return body.toByteArray();
  }

  private byte[] bytes(int length) throws IOException {
    var body = new byte[length];
    int held = Math.min(length, end - at);
    System.arraycopy(buffer, at, body, 0, held);
    at += held;
    if (in.readNBytes(body, held, length - held) < length - held) {
      throw new EOFException("the connection ended within an answer");
    }
    return body;
  }

  private void readLine() throws IOException {
    int look = at;
    while (true) {
      for (; look < end; look++) {
        if (buffer[look] == '\n') {
          from = at;
          to = look > at && buffer[look - 1] == '\r' ? look - 1 : look;
          at = look + 1;
          return;
        }
      }
      look -= at;
      fill();
    }
  }

  private void fill() throws IOException {
    System.arraycopy(buffer, at, buffer, 0, end - at);
    end -= at;
    at = 0;
    if (end == buffer.length) {
      throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
    }
    int read = in.read(buffer, end, buffer.length - end);
    if (read < 0) {
      throw new EOFException("the connection ended before an answer");
    }
    end += read;
  }

  private boolean begins(byte[] name) {
    if (to - from < name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      int letter = buffer[from + i];
      if ((letter >= 'A' && letter <= 'Z' ? letter + 32 : letter) != name[i]) {
        return false;
      }
    }
    return true;
  }

  private String value(byte[] name) {
    return new String(buffer, from + name.length, to - from - name.length, ISO_8859_1).strip();
  }

  private String line() {
    return new String(Arrays.copyOfRange(buffer, from, to), ISO_8859_1);
  }
}
