package dev.muster.web.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The addresses that proxies say a request came from, the nearest one last.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239.html">RFC 7239</a>
 */
final class ForwardedFor {

  private static final Pattern FOR = Pattern.compile("(?i)(?:^|;)\\s*for=\"?([^\";]*)\"?");
  private static final Pattern WITH_PORT =
      Pattern.compile("\\[([0-9a-fA-F:.]+)](?::\\d+)?|([0-9.]+):\\d+");

  private ForwardedFor() {}

  /** Of {@code Forwarded}, or of {@code X-Forwarded-For} when there is none. */
  static List<String> of(HttpServletRequest request) {
    var forwarded = elements(request.getHeaders("Forwarded")).map(ForwardedFor::forOf).toList();
    return forwarded.isEmpty()
        ? elements(request.getHeaders("X-Forwarded-For")).map(ForwardedFor::bare).toList()
        : forwarded;
  }

  private static Stream<String> elements(Enumeration<String> headers) {
    return Collections.list(headers).stream()
        .flatMap(header -> Stream.of(header.split(",", -1)))
        .map(String::strip);
  }

  private static String forOf(String element) {
    var found = FOR.matcher(element);
    return found.find() ? bare(found.group(1)) : "";
  }

  private static String bare(String node) {
    var found = WITH_PORT.matcher(node);
    if (!found.matches()) {
      return node;
    }
    return found.group(1) == null ? found.group(2) : found.group(1);
  }
}
