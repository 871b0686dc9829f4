package dev.muster.worker.logs;

import dev.muster.worker.driver.Output;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Lines that have begun and not ended, and for how long they have been waited for. */
final class PartialLines {

  private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

  private record Rest(long offset, long since) {}

  private final Map<String, Rest> rests = new HashMap<>();

  /** Whether the output begins with a line whose end has been waited for long enough. */
  boolean isOld(Output output) {
    var rest = rests.get(output.instanceId());
    if (rest == null || rest.offset() != output.offset()) {
      rests.put(output.instanceId(), new Rest(output.offset(), System.nanoTime()));
      return false;
    }
    return System.nanoTime() - rest.since() >= PATIENCE;
  }

  void retain(Collection<String> instanceIds) {
    rests.keySet().retainAll(instanceIds);
  }
}
