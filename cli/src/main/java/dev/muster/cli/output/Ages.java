package dev.muster.cli.output;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Times as tables have them: how long ago, or how long from now. */
public final class Ages {

  private Ages() {}

  /** Unix seconds, or RFC 3339. */
  public static Optional<Instant> time(JsonNode value) {
    try {
      if (value.isNumber()) {
        return Optional.of(Instant.ofEpochSecond(value.asLong()));
      }
      return value.isString() ? Optional.of(Instant.parse(value.stringValue())) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Such as {@code 5m}, or {@code in 2d} for what is to come. */
  public static String relative(Instant time, Instant now) {
    var age = Duration.between(time, now);
    return age.isNegative() && age.toSeconds() < -1
        ? "in " + length(age.negated())
        : length(age.isNegative() ? Duration.ZERO : age);
  }

  /** In two units at most: {@code 45s}, {@code 3m10s}, {@code 5h}, {@code 12d}. */
  public static String length(Duration length) {
    long seconds = length.toSeconds();
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 600) {
      return seconds / 60 + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
    }
    if (seconds < 7200) {
      return seconds / 60 + "m";
    }
    return seconds < 172_800 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
  }
}
