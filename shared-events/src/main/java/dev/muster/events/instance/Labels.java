package dev.muster.events.instance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
   * The {@linkplain #terms terms} that a selector asks for: {@code key=value} and {@code key}, with
   * commas between, each key once. All of them have to be there.
   *
   * @return empty when the text is no selector
   */
  public static Optional<List<String>> selector(String text) {
    var wanted = List.of(text.split(",", -1));
    var keys = wanted.stream().map(term -> term.split("=", 2)[0]).distinct().toList();
    return keys.size() == wanted.size() && wanted.stream().allMatch(Labels::isTerm)
        ? Optional.of(wanted)
        : Optional.empty();
  }

  private static boolean isTerm(String text) {
    var parts = text.split("=", 2);
    return isKey(parts[0]) && (parts.length == 1 || isValue(parts[1]));
  }

  /** What an instance with these labels is found by: each key, and each key with its value. */
  public static List<String> terms(Map<String, String> labels) {
    return labels.entrySet().stream()
        .flatMap(label -> Stream.of(label.getKey(), label.getKey() + "=" + label.getValue()))
        .sorted()
        .toList();
  }
}
