package dev.muster.cli.server;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import picocli.CommandLine.TypeConversionException;

/** Points in time as people write them: RFC 3339, Unix seconds, or how long ago ({@code 10m}). */
public final class Times {

  private Times() {}

  public static Instant past(String text, Clock clock) {
    if (text.matches("\\d{9,}")) {
      return Instant.ofEpochSecond(Long.parseLong(text));
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return clock.instant().minus(new Durations().convert(text));
    }
  }

  /** Where a duration is one from now. */
  public static Instant future(String text, Clock clock) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      try {
        return clock.instant().plus(new Durations().convert(text));
      } catch (TypeConversionException _) {
        throw new TypeConversionException(
            "'%s' is no time, such as 30d or 2030-01-01T00:00:00Z".formatted(text));
      }
    }
  }
}
