package dev.muster.ops.launch;

import java.util.List;
import java.util.Locale;
import org.springframework.core.env.Environment;

/** Where a service's log goes, and how much of it there is. */
final class ServiceLog {

  private static final String UNTIL_SPRING = "logback.configurationFile";

  static final String CONFIGURATION = "dev/muster/ops/launch/service-logback.xml";

  private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

  private ServiceLog() {}

  /** Before any class that logs is loaded. */
  static void prepare(String service) {
    System.setProperty(UNTIL_SPRING, CONFIGURATION);
    System.setProperty("muster.service", service);
  }

  /** From here on Spring Boot sees to the log. */
  static void handOver() {
    System.clearProperty(UNTIL_SPRING);
  }

  /**
   * @throws StartException when {@code muster.log-level} is no level
   */
  static void level(Environment environment) {
    var level = environment.getProperty("muster.log-level", "INFO").toUpperCase(Locale.ROOT);
    if (!LEVELS.contains(level)) {
      throw new StartException(
          "muster.log-level is '%s'; it takes one of %s"
              .formatted(level, String.join(", ", LEVELS)));
    }
    System.setProperty("muster.log-level", level);
  }
}
