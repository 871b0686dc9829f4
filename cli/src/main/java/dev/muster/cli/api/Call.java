package dev.muster.cli.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A call of the API.
 *
 * @param path with its query
 * @param body JSON, or empty
 * @param timeout how long the answer may take
 */
public record Call(
    String method, String path, Map<String, String> headers, String body, Duration timeout) {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  public static Call get(String path) {
    return new Call("GET", path, Map.of(), "", TIMEOUT);
  }

  public static Call post(String path, String body) {
    return new Call("POST", path, Map.of(), body, TIMEOUT);
  }

  public static Call delete(String path) {
    return new Call("DELETE", path, Map.of(), "", TIMEOUT);
  }

  public Call header(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Call(method, path, more, body, timeout);
  }

  /** With a parameter of the query, if there is a value for it. */
  public Call query(String name, Optional<?> value) {
    return value
        .map(
            given ->
                new Call(
                    method,
                    path
                        + (path.contains("?") ? "&" : "?")
                        + name
                        + "="
                        + encoded(String.valueOf(given)),
                    headers,
                    body,
                    timeout))
        .orElse(this);
  }

  public Call within(Duration most) {
    return new Call(method, path, headers, body, most);
  }

  /** Whether making it twice does it once. */
  boolean isSafeToRepeat() {
    return method.equals("GET") || headers.containsKey("Idempotency-Key");
  }

  /** A step of a path, or a value of a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
