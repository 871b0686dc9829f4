package dev.muster.query.page;

import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The key of the last row of a page, opaque to callers.
 *
 * @param list which list it is a place in, one letter
 * @param key ASCII letters, digits and underscores
 */
public record Cursor(char list, String key) {

  private static final Pattern KEY = Pattern.compile("[a-z0-9_]{1,64}");

  public String text() {
    var plain = (list + key).getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
  }

  /**
   * The key within a cursor of that list.
   *
   * @throws ProblemException 400 when it is not one
   */
  public static String keyIn(char list, String text) {
    try {
      var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
      if (plain.length() > 1 && plain.charAt(0) == list && isKey(plain.substring(1))) {
        return plain.substring(1);
      }
    } catch (IllegalArgumentException e) {
      // The same answer as for the cursor of another list.
    }
    throw unreadable(text);
  }

  /**
   * The number within a cursor of that list.
   *
   * @throws ProblemException 400 when it is not one
   */
  public static long numberIn(char list, String text) {
    var key = keyIn(list, text);
    if (key.length() <= 18 && key.chars().allMatch(Character::isDigit)) {
      return Long.parseLong(key);
    }
    throw unreadable(text);
  }

  /** What is said of a cursor that is none of this list. */
  public static ProblemException unreadable(String text) {
    return new ProblemException(
        ProblemType.INVALID_REQUEST,
        "cursor '%s' is not one that this list gave out".formatted(text));
  }

  private static boolean isKey(String key) {
    return KEY.matcher(key).matches();
  }
}
