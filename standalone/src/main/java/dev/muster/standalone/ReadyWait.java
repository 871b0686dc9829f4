package dev.muster.standalone;

import dev.muster.web.health.ReadinessCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Waits until no part of the platform misses anything, and says what it waits for. */
record ReadyWait(List<ReadinessCheck> checks, Console console) {

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration SAY = Duration.ofSeconds(2);

  void await() throws InterruptedException {
    var said = Map.<String, String>of();
    long nextWord = System.nanoTime() + SAY.toNanos();
    for (var missing = missing(); !missing.isEmpty(); missing = missing()) {
      if (System.nanoTime() > nextWord && !missing.equals(said)) {
        console.say("  waiting for " + inWords(missing));
        said = missing;
        nextWord = System.nanoTime() + SAY.toNanos();
      }
      Thread.sleep(LOOK);
    }
  }

  private static String inWords(Map<String, String> missing) {
    return missing.entrySet().stream()
        .map(part -> "%s (%s)".formatted(part.getKey(), part.getValue()))
        .collect(Collectors.joining(", "));
  }

  private Map<String, String> missing() {
    var missing = new TreeMap<String, String>();
    checks.forEach(check -> check.missing().ifPresent(what -> missing.put(check.part(), what)));
    return missing;
  }
}
