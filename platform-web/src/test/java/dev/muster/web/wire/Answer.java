package dev.muster.web.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An answer as it came.
 *
 * @param head the status line and the headers
 * @param length bytes of all of it
 */
public record Answer(int status, String head, String body, int length) {

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([1-5][0-9]{2}) ?[^\r\n]*");
  private static final String END_OF_HEAD = "\r\n\r\n";

  /** The first of the answers in this text, whose characters are bytes. */
  static Answer first(String text) {
    var end = text.indexOf(END_OF_HEAD);
    var status = STATUS.matcher(text);
    if (end < 0 || !status.lookingAt()) {
      return new Answer(0, "", text, text.length());
    }
    var head = text.substring(0, end);
    var rest = text.substring(end + END_OF_HEAD.length());
    var code = Integer.parseInt(status.group(1));
    var bare = new Answer(code, head, "", end + END_OF_HEAD.length());
    if (bare.header("Transfer-Encoding").isPresent()) {
      return bare.chunked(rest);
    }
    var announced = bare.header("Content-Length").map(Integer::parseInt).orElse(0);
    return bare.with(rest.substring(0, Math.min(announced, rest.length())), announced);
  }

  public Optional<String> header(String name) {
    return headers()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT)))
        .filter(line -> line.charAt(name.length()) == ':')
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  private Stream<String> headers() {
    return head.lines().skip(1);
  }

  private Answer chunked(String rest) {
    var data = new StringBuilder();
    int at = 0;
    while (true) {
      int end = rest.indexOf("\r\n", at);
      if (end < 0) {
        return with(data.toString(), rest.length());
      }
      int size = Integer.parseInt(rest.substring(at, end), 16);
      if (size == 0) {
        return with(data.toString(), Math.min(end + 4, rest.length()));
      }
      data.append(rest, end + 2, Math.min(end + 2 + size, rest.length()));
      at = Math.min(end + 2 + size + 2, rest.length());
    }
  }

  private Answer with(String bodyBytes, int more) {
    return new Answer(
        status, head, new String(bodyBytes.getBytes(ISO_8859_1), UTF_8), length + more);
  }
}
