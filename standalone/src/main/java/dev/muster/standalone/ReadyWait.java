package dev.muster.standalone;

import dev.muster.ops.ready.Readiness;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Waits until no part of the platform misses anything, and says what it waits for. */
record ReadyWait(Readiness readiness, Console console) {

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration SAY = Duration.ofSeconds(2);

  void await() throws InterruptedException {
    var said = Map.<String, String>of();
    long nextWord = System.nanoTime() + SAY.toNanos();
    for (var missing = readiness.missing(); !missing.isEmpty(); missing = readiness.missing()) {
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
}
