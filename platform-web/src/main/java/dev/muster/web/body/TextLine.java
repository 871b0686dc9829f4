package dev.muster.web.body;

import tools.jackson.databind.JsonNode;

/** A field of a body that takes one line of text, neither empty nor too long. */
public final class TextLine {

  private static final String NO_CONTROL =
      "[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff]*";

  /**
   * One line that is not blank, without control characters. Generators of test data know ranges,
   * and no classes of Unicode.
   */
  public static final String PATTERN =
      "^"
          + NO_CONTROL
          + "[^\\u0000- \\u007f-\\u009f\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f"
          + "\\u3000\\ud800-\\udfff]"
          + NO_CONTROL
          + "$";

  private TextLine() {}

  /**
   * The text, or whatever was there instead; what is wrong with it is among the mistakes then.
   *
   * @param longest how many characters it may have
   */
  public static String read(ValidationErrors errors, String pointer, JsonNode value, int longest) {
    var text = value.isString() ? value.stringValue() : "";
    var length = text.codePointCount(0, text.length());
    if (!value.isString()) {
      errors.add(pointer, "text is needed here");
    } else if (text.isBlank() || length > longest) {
      errors.add(pointer, "it takes 1 to %d characters".formatted(longest));
    } else if (text.codePoints().anyMatch(TextLine::isUnprintable)) {
      errors.add(pointer, "it takes no control characters");
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
