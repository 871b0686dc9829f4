package dev.muster.query.page;

import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a page may be: 1..1000, 100 when nobody says. */
public final class Limit {

  private static final int DEFAULT = 100;
  private static final int MOST = 1000;
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");

  private Limit() {}

  /**
   * @throws ProblemException 400 when {@code text} is not a number in that range
   */
  public static int of(@Nullable String text) {
    if (text == null) {
      return DEFAULT;
    }
    if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > MOST) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "limit is '%s'; it takes 1..%d".formatted(text, MOST));
    }
    return Integer.parseInt(text);
  }
}
