package dev.muster.ops.log;

/** Text without characters that end a line, or that a terminal acts on. */
final class Escaped {

  private Escaped() {}

  /** Control characters, line separators and what changes the direction of text, as in Java. */
  static String of(String text) {
    if (text.codePoints().noneMatch(Escaped::isHarmful)) {
      return text;
    }
    var escaped = new StringBuilder(text.length() + 16);
    for (int character : text.codePoints().toArray()) {
      if (isHarmful(character)) {
        escaped.append("\\u%04x".formatted(character));
      } else {
        escaped.appendCodePoint(character);
      }
    }
    return escaped.toString();
  }

  private static boolean isHarmful(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.FORMAT ->
          true;
      default -> false;
    };
  }
}
