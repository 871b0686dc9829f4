package dev.muster.cli.audit;

import dev.muster.cli.server.Times;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/** Times as people say them: a day, such as {@code 2026-11-24} or {@code tuesday}, in UTC, too. */
final class Days {

  private Days() {}

  /** The beginning of a day. */
  static Instant begin(String text, Clock clock) {
    return day(text, clock)
        .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant())
        .orElseGet(() -> time(text, clock));
  }

  /** The end of a day. */
  static Instant end(String text, Clock clock) {
    return day(text, clock)
        .map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
        .map(next -> next.minus(1, ChronoUnit.MICROS))
        .orElseGet(() -> time(text, clock));
  }

  private static Instant time(String text, Clock clock) {
    try {
      return Times.past(text, clock);
    } catch (TypeConversionException e) {
      throw new TypeConversionException(
          "'%s' is no time, such as 2h, tuesday, 2026-11-24 or 2026-11-24T06:00:00Z"
              .formatted(text));
    }
  }

  private static Optional<LocalDate> day(String text, Clock clock) {
    var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    var word = text.toLowerCase(Locale.ROOT);
    return switch (word) {
      case "today" -> Optional.of(today);
      case "yesterday" -> Optional.of(today.minusDays(1));
      default ->
          Arrays.stream(DayOfWeek.values())
              .filter(day -> day.name().toLowerCase(Locale.ROOT).equals(word))
              .findFirst()
              .map(day -> today.with(TemporalAdjusters.previous(day)))
              .or(() -> date(text));
    };
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
