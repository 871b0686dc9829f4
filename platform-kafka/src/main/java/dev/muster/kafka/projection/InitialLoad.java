package dev.muster.kafka.projection;

import dev.muster.ops.ready.ReadinessCheck;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ready once the store has every partition up to the end it had when this feed began, whichever
 * feed read it. Written by the feed's thread, read by any.
 */
public final class InitialLoad implements ReadinessCheck {

  private static final Logger log = LoggerFactory.getLogger(InitialLoad.class);
  private static final long LOG_EVERY_NANOS = 1_000_000_000;

  private record Stretch(long next, long end) {

    boolean isBehind() {
      return next < end;
    }

    long done() {
      return Math.min(next, end);
    }
  }

  private final String part;
  private final Map<Integer, Stretch> stretches = new ConcurrentHashMap<>();

  /** Until it has answered once, nobody knows. */
  private volatile boolean storeAway = true;

  private long loggedAt = System.nanoTime();

  InitialLoad(String part) {
    this.part = part;
  }

  @Override
  public String part() {
    return part;
  }

  @Override
  public Optional<String> missing() {
    if (stretches.isEmpty()) {
      return Optional.of("waits for its topic");
    }
    if (storeAway) {
      return Optional.of("the read store does not answer");
    }
    return isBehind() ? Optional.of("%d %% read".formatted(percent())) : Optional.empty();
  }

  /** Whether there is more to find out than what this feed reads itself. */
  boolean isWaiting() {
    return storeAway || isBehind();
  }

  private boolean isBehind() {
    return stretches.values().stream().anyMatch(Stretch::isBehind);
  }

  /** What there is to read at the start, by partition. */
  void begins(Map<Integer, Long> ends) {
    ends.forEach((partition, end) -> stretches.putIfAbsent(partition, new Stretch(0, end)));
  }

  /** A store that lost what it had is behind once more. */
  void claimed(Position position, long end) {
    storeAway = false;
    stretches.compute(
        position.partition(),
        (_, known) ->
            known == null || known.isBehind() || position.next() == 0
                ? new Stretch(position.next(), end)
                : known);
  }

  void reached(Iterable<Position> positions) {
    storeAway = false;
    for (var position : positions) {
      stretches.computeIfPresent(
          position.partition(), (_, known) -> new Stretch(position.next(), known.end()));
    }
    log();
  }

  void storeAway() {
    storeAway = true;
  }

  private long percent() {
    var total = stretches.values().stream().mapToLong(Stretch::end).sum();
    var done = stretches.values().stream().mapToLong(Stretch::done).sum();
    return total == 0 ? 100 : 100 * done / total;
  }

  private void log() {
    if (isBehind() && System.nanoTime() - loggedAt > LOG_EVERY_NANOS) {
      loggedAt = System.nanoTime();
      log.info("catching up part=\"{}\" percent={}", part, percent());
    }
  }
}
