package dev.muster.command.instance.web;

import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a caller would wait for what comes of a command: {@code wait} and {@code respond-async}
 * of RFC 7240. Other preferences are ignored, as it says; of one given twice the first counts.
 *
 * @param atMost null when none was named
 */
record WaitPreference(@Nullable Duration atMost, boolean async) {

  private static final Duration USUAL = Duration.ofSeconds(10);
  private static final int LONGEST_SECONDS = 60;
  private static final Pattern PREFERENCE = Pattern.compile("(?:[^\",]++|\"[^\"]*+\"?)++");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,2}");

  /**
   * @param headers the values of {@code Prefer}, each with one preference or several
   * @throws ProblemException when {@code wait} is no number of seconds from 0 to 60
   */
  static WaitPreference of(List<String> headers) {
    var named = new HashMap<String, String>();
    PREFERENCE
        .matcher(String.join(",", headers))
        .results()
        .map(preference -> preference.group().split(";", 2)[0].split("=", 2))
        .forEach(
            words ->
                named.putIfAbsent(
                    words[0].strip().toLowerCase(Locale.ROOT),
                    words.length == 2 ? words[1].strip() : ""));
    return new WaitPreference(seconds(named), named.containsKey("respond-async"));
  }

  /** Until when a command's outcome is waited for. */
  Duration forOutcome() {
    if (atMost != null) {
      return atMost;
    }
    return async ? Duration.ZERO : USUAL;
  }

  /** A creation is waited for only when asked: its instance says how it goes. */
  Optional<Duration> forCreation() {
    return Optional.ofNullable(atMost).filter(Duration::isPositive);
  }

  /** The value of {@code Preference-Applied}; empty when nothing was preferred. */
  Optional<String> applied() {
    if (atMost != null) {
      return Optional.of("wait=" + atMost.toSeconds());
    }
    return async ? Optional.of("respond-async") : Optional.empty();
  }

  private static @Nullable Duration seconds(Map<String, String> named) {
    var text = named.get("wait");
    if (text == null) {
      return null;
    }
    var value = text.replaceAll("^\"|\"$", "");
    if (!SECONDS.matcher(value).matches() || Integer.parseInt(value) > LONGEST_SECONDS) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "Prefer: wait takes whole seconds from 0 to %d".formatted(LONGEST_SECONDS));
    }
    return Duration.ofSeconds(Integer.parseInt(value));
  }
}
