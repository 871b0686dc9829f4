package dev.muster.query.logs.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Whether a caller would rather have events than text; who does not say gets text. */
final class EventStreamWish {

  private EventStreamWish() {}

  static boolean of(HttpServletRequest request) {
    var accepted =
        Collections.list(request.getHeaders(HttpHeaders.ACCEPT)).stream()
            .flatMap(header -> MediaType.parseMediaTypes(header).stream())
            .toList();
    return quality(MediaType.TEXT_EVENT_STREAM, accepted) > quality(MediaType.TEXT_PLAIN, accepted);
  }

  /** That of the most specific range that includes it (RFC 9110, 12.5.1). */
  private static double quality(MediaType type, List<MediaType> accepted) {
    return accepted.stream()
        .filter(range -> range.includes(type))
        .min(Comparator.comparing(EventStreamWish::wildcards))
        .map(MediaType::getQualityValue)
        .orElse(0.0);
  }

  private static int wildcards(MediaType range) {
    return (range.isWildcardType() ? 1 : 0) + (range.isWildcardSubtype() ? 1 : 0);
  }
}
