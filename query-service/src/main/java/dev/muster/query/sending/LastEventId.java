package dev.muster.query.sending;

import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The event that a caller had last. */
public final class LastEventId {

  public static final String HEADER = "Last-Event-ID";
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private LastEventId() {}

  /**
   * The header, or else the parameter, for those who cannot set headers; empty without either.
   *
   * @throws ProblemException 400 when it is not a number
   */
  public static OptionalLong of(@Nullable String header, @Nullable String after) {
    if (header != null) {
      return OptionalLong.of(number(HEADER, header));
    }
    return after == null ? OptionalLong.empty() : OptionalLong.of(number("after", after));
  }

  private static long number(String name, String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "%s is '%s'; it takes the number of an event, or 0 for the beginning"
              .formatted(name, text));
    }
    return Long.parseLong(text);
  }
}
