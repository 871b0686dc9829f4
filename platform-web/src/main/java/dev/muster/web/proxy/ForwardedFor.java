package dev.muster.web.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The addresses that proxies say a request came from, the nearest one last. A proxy that knows one
 * header of the two passes the other on as the client sent it, so neither goes before the other.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239.html">RFC 7239</a>
 */
final class ForwardedFor {

  private static final Pattern FOR = Pattern.compile("(?i)(?:^|;)\\s*for=\"?([^\";]*)\"?");
  private static final Pattern WITH_PORT =
      Pattern.compile("\\[([0-9a-fA-F:.]+)](?::\\d+)?|([0-9.]+):\\d+");

  private ForwardedFor() {}

  /** What {@code Forwarded} says, and what {@code X-Forwarded-For} does, of those that say it. */
  static List<List<String>> of(HttpServletRequest request) {
    return Stream.of(
            elements(request.getHeaders("Forwarded")).map(ForwardedFor::forOf).toList(),
            elements(request.getHeaders("X-Forwarded-For")).map(ForwardedFor::bare).toList())
        .filter(addresses -> addresses.stream().anyMatch(address -> !address.isEmpty()))
        .toList();
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
