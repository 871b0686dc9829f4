package dev.muster.query.logs.web;

/**
 * What an instance prints, for somebody's terminal. Characters that a terminal acts on, that end a
 * line, or that change the direction of text are written as Java and JSON write them; a tab is one
 * that may stay.
 */
final class ControlCharacterEscaper {

  private ControlCharacterEscaper() {}

  /** As a line of text. */
  static String text(String line) {
    return escaped(line, true);
  }

  /** JSON that is one line already, and whose meaning does not change by it. */
  static String json(String json) {
    return escaped(json, false);
  }

  private static String escaped(String text, boolean keepsTabs) {
    if (text.chars().noneMatch(ControlCharacterEscaper::isHarmful)) {
      return text;
    }
    var escaped = new StringBuilder(text.length() + 32);
    for (int i = 0; i < text.length(); i++) {
      var character = text.charAt(i);
      if (isHarmful(character) && !(keepsTabs && character == '\t')) {
        escaped.append("\\u%04x".formatted((int) character));
      } else {
        escaped.append(character);
      }
    }
    return escaped.toString();
  }

  private static boolean isHarmful(int character) {
    return switch (character) {
      case 0x061c, 0x200e, 0x200f, 0x2028, 0x2029, 0xfeff -> true;
      default ->
          Character.isISOControl(character)
              || (character >= 0x202a && character <= 0x202e)
              || (character >= 0x2066 && character <= 0x2069);
    };
  }
}
