package dev.muster.events.instance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What people group instances by: keys with values, written as Kubernetes has them, {@code
 * key=value}.
 */
public final class Labels {

  /** Of one instance. */
  public static final int AT_MOST = 64;

  /** Of a key and of a value. */
  public static final int LENGTH = 63;

  public static final String KEY = "^[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?$";

  public static final String VALUE = "^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$";

  private static final Pattern KEYS = Pattern.compile(KEY);
  private static final Pattern VALUES = Pattern.compile(VALUE);

  private Labels() {}

  public static boolean isKey(String text) {
    return KEYS.matcher(text).matches();
  }

  public static boolean isValue(String text) {
    return VALUES.matcher(text).matches();
  }

  /**
   * What a selector asks for: {@code key=value} and {@code key}, with commas between. All have to
   * hold. A key alone has no value: any will do.
   *
   * @return empty when the text is no selector
   */
  public static Optional<Map<String, Optional<String>>> selector(String text) {
    var wanted = new LinkedHashMap<String, Optional<String>>();
    for (var one : text.split(",", -1)) {
      var equals = one.indexOf('=');
      var key = equals < 0 ? one : one.substring(0, equals);
      @Nullable String value = equals < 0 ? null : one.substring(equals + 1);
      var isNew = wanted.putIfAbsent(key, Optional.ofNullable(value)) == null;
      if (!isNew || !isKey(key) || value != null && !isValue(value)) {
        return Optional.empty();
      }
    }
    return Optional.of(wanted);
  }

  /** What an instance with these labels is found by: each key, and each key with its value. */
  public static List<String> terms(Map<String, String> labels) {
    return labels.entrySet().stream()
        .flatMap(label -> List.of(label.getKey(), term(label.getKey(), label.getValue())).stream())
        .sorted()
        .toList();
  }

  /** A key with its value, as one text. */
  public static String term(String key, String value) {
    return key + "=" + value;
  }
}
