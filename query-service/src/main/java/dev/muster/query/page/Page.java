package dev.muster.query.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** A stretch of a list, and where the next one begins if there is one. */
public record Page<T>(List<T> items, Optional<Cursor> next) {

  private static final String CURSOR = "cursor=";

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
  public ResponseEntity<List<T>> answer(HttpServletRequest request) {
    return answer(request, true);
  }

  /**
   * @param current whether it shows all that was said before; when it may not, a header says so
   */
  public ResponseEntity<List<T>> answer(HttpServletRequest request, boolean current) {
    var response = ResponseEntity.ok();
    if (!current) {
      response.header("Read-Side", "behind");
    }
    next.ifPresent(cursor -> response.header(HttpHeaders.LINK, link(request, cursor)));
    return response.body(items);
  }

  // Relative: what a caller says is the host must not become where it sends its key next.
  /** The other parameters stay as they were sent, encoded as they were. */
  private static String link(HttpServletRequest request, Cursor cursor) {
    var query = Optional.ofNullable(request.getQueryString()).orElse("");
    var parameters =
        Stream.concat(
            Arrays.stream(query.split("&")).filter(Page::isKept),
            Stream.of(CURSOR + cursor.text()));
    return "<%s?%s>; rel=\"next\""
        .formatted(request.getRequestURI(), parameters.collect(Collectors.joining("&")));
  }

  private static boolean isKept(String parameter) {
    return !parameter.isEmpty() && !parameter.startsWith(CURSOR);
  }
}
