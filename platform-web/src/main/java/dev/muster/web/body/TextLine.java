package dev.muster.web.body;

import tools.jackson.databind.JsonNode;

/** A field of a body that takes one line of text, neither empty nor too long. */
public final class TextLine {

  /**
   * One line that is not blank, without control characters, in the regular expressions of JSON
   * Schema.
   */
  public static final String PATTERN =
      "^[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]*"
          + "([^\\p{Cc}\\p{Cs}\\p{Z}]|[\\u00a0\\u2007\\u202f])"
          + "[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]*$";

  private TextLine() {}

  /**
   * The text, or whatever was there instead; what is wrong with it is among the mistakes then.
   *
   * @param longest how many characters it may have
   */
  public static String read(Mistakes mistakes, String pointer, JsonNode value, int longest) {
    var text = value.isString() ? value.stringValue() : "";
    var length = text.codePointCount(0, text.length());
    if (!value.isString()) {
      mistakes.add(pointer, "text is needed here");
    } else if (text.isBlank() || length > longest) {
      mistakes.add(pointer, "it takes 1 to %d characters".formatted(longest));
    } else if (text.codePoints().anyMatch(TextLine::isUnprintable)) {
      mistakes.add(pointer, "it takes no control characters");
    }
    return text;
  }

  private static boolean isUnprintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
