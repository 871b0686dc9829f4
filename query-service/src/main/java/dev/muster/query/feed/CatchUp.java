package dev.muster.query.feed;

import dev.muster.web.health.ReadinessCheck;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ready once every partition was read up to the end it had when the feed took it over. Written by
 * the feed's thread, read by any.
 */
public final class CatchUp implements ReadinessCheck {

  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
  private static final long LOG_EVERY_NANOS = 1_000_000_000;

  private record Stretch(long from, long next, long end) {

    boolean isBehind() {
      return next < end;
    }
  }

  private final String part;
  private final Map<Integer, Stretch> stretches = new ConcurrentHashMap<>();
  private volatile boolean assigned;
  private volatile boolean storeAway;
  private long loggedAt = System.nanoTime();

  CatchUp(String part) {
    this.part = part;
  }

  @Override
  public String part() {
    return part;
  }

  @Override
  public Optional<String> missing() {
    if (!assigned) {
      return Optional.of("waits for its partitions");
    }
    if (storeAway) {
      return Optional.of("the read store does not answer");
    }
    return isBehind() ? Optional.of("%d %% read".formatted(percent())) : Optional.empty();
  }

  /** The group has spoken, even if it gave nothing. */
  void assigned(Iterable<Integer> partitions) {
    partitions.forEach(partition -> stretches.put(partition, new Stretch(0, 0, 1)));
    storeAway = false;
    assigned = true;
  }

  void begins(Position position, long end) {
    storeAway = false;
    var next = position.next();
    stretches.compute(
        position.partition(),
        (_, known) ->
            // One that had caught up and only stood back has nothing to prove again.
            known == null || known.isBehind() || next == 0 ? new Stretch(next, next, end) : known);
    log();
  }

  void reached(Iterable<Position> positions) {
    for (var position : positions) {
      stretches.computeIfPresent(
          position.partition(),
          (_, known) -> new Stretch(known.from(), position.next(), known.end()));
    }
    log();
  }

  void storeAway() {
    storeAway = true;
  }

  void released(int partition) {
    stretches.remove(partition);
  }

  private boolean isBehind() {
    return stretches.values().stream().anyMatch(Stretch::isBehind);
  }

  private long percent() {
    var all = stretches.values();
    var total = all.stream().mapToLong(s -> s.end() - s.from()).sum();
    var done = all.stream().mapToLong(s -> Math.min(s.next(), s.end()) - s.from()).sum();
    return total == 0 ? 0 : 100 * done / total;
  }

  private void log() {
    if (isBehind() && System.nanoTime() - loggedAt > LOG_EVERY_NANOS) {
      loggedAt = System.nanoTime();
      LOG.info("catching up part=\"{}\" percent={}", part, percent());
    }
  }
}
