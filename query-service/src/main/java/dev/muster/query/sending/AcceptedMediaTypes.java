package dev.muster.query.sending;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** How a caller would rather have an answer that can be written in several ways. */
public final class AcceptedMediaTypes {

  private AcceptedMediaTypes() {}

  /**
   * The one that is liked best; of several the first. Whoever likes none of them was refused
   * before.
   */
  public static MediaType of(HttpServletRequest request, MediaType... offered) {
    var accepted =
        Collections.list(request.getHeaders(HttpHeaders.ACCEPT)).stream()
            .flatMap(header -> MediaType.parseMediaTypes(header).stream())
            .toList();
    var best = offered[0];
    for (var type : offered) {
      if (quality(type, accepted) > quality(best, accepted)) {
        best = type;
      }
    }
    return best;
  }

  /** That of the most specific range that includes it (RFC 9110, 12.5.1). */
  private static double quality(MediaType type, List<MediaType> accepted) {
    return accepted.stream()
        .filter(range -> range.includes(type))
        .min(Comparator.comparing(AcceptedMediaTypes::wildcards))
        .map(MediaType::getQualityValue)
        .orElse(0.0);
  }

  private static int wildcards(MediaType range) {
    return (range.isWildcardType() ? 1 : 0) + (range.isWildcardSubtype() ? 1 : 0);
  }
}
