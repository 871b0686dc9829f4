package dev.muster.events.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times in the fields that this platform adds to its reference: RFC 3339 in UTC, microseconds. */
public final class Rfc3339 {

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Rfc3339() {}

  public static String of(Instant time) {
    return MICROS.format(time);
  }

  /** Null for null. */
  public static @Nullable String ofNullable(@Nullable Instant time) {
    return time == null ? null : of(time);
  }

  public static String ofMicros(long sinceEpoch) {
    return MICROS.format(Instant.EPOCH.plus(sinceEpoch, ChronoUnit.MICROS));
  }
}
