package dev.muster.query.audit.web;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** How an answer can be written, where there are several ways. */
enum Format {
  JSON(MediaType.APPLICATION_JSON_VALUE),
  NDJSON("application/x-ndjson"),
  CSV("text/csv"),
  TEXT(MediaType.TEXT_PLAIN_VALUE);

  private final MediaType type;

  Format(String type) {
    this.type = MediaType.parseMediaType(type);
  }

  /**
   * The one that the caller likes best; the first when they do not say. Whoever likes none of them
   * was refused before.
   */
  static Format of(@Nullable String accept, Format... offered) {
    return parsed(accept).stream()
        .sorted(Comparator.comparingDouble(MediaType::getQualityValue).reversed())
        .flatMap(liked -> List.of(offered).stream().filter(each -> liked.includes(each.type)))
        .findFirst()
        .orElse(offered[0]);
  }

  private static List<MediaType> parsed(@Nullable String accept) {
    try {
      return MediaType.parseMediaTypes(accept);
    } catch (InvalidMediaTypeException e) {
      return List.of();
    }
  }
}
