package dev.muster.query.instance.history;

import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/** A time that a caller asks about. */
public record AsOfTime(Instant at) {

  private static final Pattern UNIX_SECONDS = Pattern.compile("\\d{1,11}");

  /** The clocks of callers and services are not the same. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  /**
   * RFC 3339, or whole Unix seconds. The latter mean the whole second, for that is how the API
   * shows times: an instance can be seen as of its own {@code created_at}.
   *
   * @param name of the parameter
   * @throws ProblemException 400 when it is neither
   */
  public static AsOfTime parse(String name, String text) {
    return parse(name, text, 999_999_999);
  }

  /**
   * The same, for where something begins: whole Unix seconds mean the beginning of the second.
   *
   * @throws ProblemException 400 when it is neither
   */
  public static AsOfTime beginning(String name, String text) {
    return parse(name, text, 0);
  }

  /**
   * A time of which something can be known.
   *
   * @throws ProblemException 400 when it is no time, or one to come
   */
  public static AsOfTime past(String name, String text, Instant now) {
    var moment = parse(name, text);
    if (moment.at().isAfter(now.plus(CLOCKS_DIFFER))) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "%s is '%s'; the future is not known".formatted(name, text));
    }
    return moment;
  }

  private static AsOfTime parse(String name, String text, int nanosOfSecond) {
    if (UNIX_SECONDS.matcher(text).matches()) {
      return new AsOfTime(Instant.ofEpochSecond(Long.parseLong(text), nanosOfSecond));
    }
    try {
      // In a query an unescaped '+' arrives as a space.
      return new AsOfTime(OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
    } catch (DateTimeException e) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "%s is '%s'; it takes RFC 3339 or whole Unix seconds".formatted(name, text));
    }
  }
}
