package dev.muster.worker.fleet;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait for a broker that is away. */
final class Pauses {

  private Pauses() {}

  static void aSecondOrTwo() throws InterruptedException {
    Thread.sleep(Duration.ofMillis(1_000 + ThreadLocalRandom.current().nextInt(1_000)));
  }
}
