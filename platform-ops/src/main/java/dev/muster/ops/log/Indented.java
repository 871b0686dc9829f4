package dev.muster.ops.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import java.util.stream.Collectors;

/**
 * {@code %indented(%ex)} in a pattern: a stack trace below its record. Each of its lines begins
 * with a tab, as no record does.
 */
public final class Indented extends CompositeConverter<ILoggingEvent> {

  @Override
  protected String transform(ILoggingEvent event, String text) {
    return text.lines()
        .map(line -> "\t" + Escaped.of(line.strip()) + System.lineSeparator())
        .collect(Collectors.joining());
  }
}
