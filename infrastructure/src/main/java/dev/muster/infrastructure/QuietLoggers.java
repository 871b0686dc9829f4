package dev.muster.infrastructure;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Servers that log every thought while they start. */
final class QuietLoggers {

  private QuietLoggers() {}

  /** Sets the loggers to WARN, unless somebody has given them a level of their own. */
  static void atWarn(String... names) {
    for (var name : names) {
      if (LoggerFactory.getLogger(name) instanceof Logger logger && logger.getLevel() == null) {
        logger.setLevel(Level.WARN);
      }
    }
  }
}
