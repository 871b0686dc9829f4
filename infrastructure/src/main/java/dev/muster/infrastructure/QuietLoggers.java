package dev.muster.infrastructure;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Servers that log every thought while they start. */
final class QuietLoggers {

  private QuietLoggers() {}

  /** Sets the loggers to WARN, unless somebody has given them a level of their own. */
  static void atWarn(String... names) {
    at(Level.WARN, names);
  }

  /** Sets the loggers to ERROR, unless somebody has given them a level of their own. */
  static void atError(String... names) {
    at(Level.ERROR, names);
  }

  private static void at(Level level, String... names) {
    for (var name : names) {
      if (LoggerFactory.getLogger(name) instanceof Logger logger && logger.getLevel() == null) {
        logger.setLevel(level);
      }
    }
  }
}
