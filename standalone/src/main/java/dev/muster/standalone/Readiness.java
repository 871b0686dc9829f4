package dev.muster.standalone;

import dev.muster.web.health.ReadinessCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Waits until no part of the platform misses anything, and says what it waits for. */
record Readiness(List<ReadinessCheck> checks, Console console) {

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration SAY = Duration.ofSeconds(2);

  void await() throws InterruptedException {
    long nextWord = System.nanoTime() + SAY.toNanos();
    for (var missing = missing(); !missing.isEmpty(); missing = missing()) {
      if (System.nanoTime() > nextWord) {
        missing.forEach((part, what) -> console.say("  waiting for %s: %s".formatted(part, what)));
        nextWord = System.nanoTime() + SAY.toNanos();
      }
      Thread.sleep(LOOK);
    }
  }

  private Map<String, String> missing() {
    var missing = new TreeMap<String, String>();
    checks.forEach(check -> check.missing().ifPresent(what -> missing.put(check.part(), what)));
    return missing;
  }
}
