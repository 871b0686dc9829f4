package dev.muster.standalone;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An orderly end that takes too long is cut short; the next start recovers. */
final class StopDeadline {

  private static final Logger log = LoggerFactory.getLogger(StopDeadline.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private StopDeadline() {}

  static void begin() {
    Thread.ofPlatform().daemon().name("stop-deadline").start(StopDeadline::halt);
  }

  private static void halt() {
    try {
      Thread.sleep(PATIENCE);
      log.error("not everything stopped within {}; the next start recovers it", PATIENCE);
      Runtime.getRuntime().halt(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
