package report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Maps, collections, texts and numbers as JSON; what is no number is null. */
final class Json {

  private Json() {}

  static String of(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(e -> quoted(e.getKey().toString()) + ": " + of(e.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Collection<?> all ->
          all.stream().map(Json::of).collect(Collectors.joining(", ", "[", "]"));
      case Double number when number.isNaN() || number.isInfinite() -> "null";
      case Double number ->
          BigDecimal.valueOf(number).round(new MathContext(5)).stripTrailingZeros().toPlainString();
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      default -> quoted(value.toString());
    };
  }

  private static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
