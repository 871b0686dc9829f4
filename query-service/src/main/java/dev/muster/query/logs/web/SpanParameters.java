package dev.muster.query.logs.web;

import dev.muster.query.instance.history.AsOfTime;
import dev.muster.query.logs.Span;
import dev.muster.query.sending.LastEventId;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which lines a caller asks for. */
final class SpanParameters {

  private static final int DEFAULT_TAIL = 100;
  private static final int MOST = 10_000;
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,4}");

  private SpanParameters() {}

  /**
   * @throws ProblemException 400 when one of them makes no sense
   */
  static Span of(@Nullable String tail, @Nullable String since, @Nullable String lastEventId) {
    return new Span(
        tail(tail),
        since == null ? Instant.MIN : AsOfTime.beginning("since", since).at(),
        LastEventId.of(lastEventId, null));
  }

  /**
   * @throws ProblemException 400 when it is neither {@code true} nor {@code false}
   */
  static boolean follow(@Nullable String text) {
    return switch (text) {
      case null -> false;
      case "false" -> false;
      case "true" -> true;
      default -> throw refused("follow is '%s'; it takes true or false".formatted(text));
    };
  }

  private static int tail(@Nullable String text) {
    if (text == null) {
      return DEFAULT_TAIL;
    }
    if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > MOST) {
      throw refused("tail is '%s'; it takes 0..%d".formatted(text, MOST));
    }
    return Integer.parseInt(text);
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(ProblemType.INVALID_REQUEST, detail);
  }
}
