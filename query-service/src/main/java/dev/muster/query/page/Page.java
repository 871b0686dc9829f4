package dev.muster.query.page;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** A stretch of a list, and where the next one begins if there is one. */
public record Page<T>(List<T> items, Optional<Cursor> next) {

  /**
   * @param oneMore up to {@code limit + 1} rows; the last one only says that there are more
   */
  public static <T> Page<T> of(List<T> oneMore, int limit, Function<T, Cursor> cursor) {
    if (oneMore.size() <= limit) {
      return new Page<>(oneMore, Optional.empty());
    }
    var items = oneMore.subList(0, limit);
    return new Page<>(items, Optional.of(cursor.apply(items.getLast())));
  }

  public <V> Page<V> map(Function<List<T>, List<V>> views) {
    return new Page<>(views.apply(items), next);
  }

  /** The items as a bare array, with a link to the next page that keeps every other parameter. */
  public ResponseEntity<List<T>> answer() {
    var response = ResponseEntity.ok();
    next.ifPresent(cursor -> response.header(HttpHeaders.LINK, link(cursor)));
    return response.body(items);
  }

  private static String link(Cursor cursor) {
    var uri =
        ServletUriComponentsBuilder.fromCurrentRequest()
            .replaceQueryParam("cursor", cursor.text())
            .build(true)
            .toUriString();
    return "<%s>; rel=\"next\"".formatted(uri);
  }
}
