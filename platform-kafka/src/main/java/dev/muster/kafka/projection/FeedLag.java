package dev.muster.kafka.projection;

import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the partitions of this member are behind the ends of their topic. Written by the feed's
 * thread and the broker's answers, read by any.
 */
final class FeedLag {

  private static final Logger log = LoggerFactory.getLogger(FeedLag.class);
  private static final long LOG_EVERY_MILLIS = 5_000;
  private static final long WORTH_A_LINE = 1_000;

  /**
   * One partition.
   *
   * @param newestMillis when the newest record that was read was written; before the first, when
   *     reading began
   * @param behindSinceMillis when it was seen to fall behind, 0 when that is not known
   */
  private record Distance(long next, long end, long newestMillis, long behindSinceMillis) {

    long events() {
      return Math.max(0, end - next);
    }

    Distance to(long newEnd, long nowMillis) {
      var fellBehind = events() == 0 && newEnd > next;
      return new Distance(next, newEnd, newestMillis, fellBehind ? nowMillis : behindSinceMillis);
    }

    /** What waits is no older than what was read before it, nor than the moment it was missed. */
    long oldestMillis() {
      return Math.max(newestMillis, behindSinceMillis);
    }
  }

  private final String topic;
  private final InstantSource clock;
  private final Map<Integer, Distance> distances = new ConcurrentHashMap<>();
  private long loggedAt;

  FeedLag(String topic) {
    this(topic, InstantSource.system());
  }

  FeedLag(String topic, InstantSource clock) {
    this.topic = topic;
    this.clock = clock;
  }

  /** Records that are in the topic and not yet in the read store. */
  long events() {
    return distances.values().stream().mapToLong(Distance::events).sum();
  }

  /** How long the oldest of them has waited, as far as can be told; 0 when there is none. */
  double seconds() {
    var oldest =
        distances.values().stream()
            .filter(distance -> distance.events() > 0)
            .mapToLong(Distance::oldestMillis)
            .min();
    return oldest.isEmpty() ? 0 : Math.max(0, clock.millis() - oldest.getAsLong()) / 1000.0;
  }

  /** A partition is read from here on; one that is claimed again goes on where it was. */
  void claimed(int partition, long next, long end) {
    var now = clock.millis();
    distances.compute(
        partition,
        (_, known) ->
            known == null || next < known.next()
                ? new Distance(next, end, now, 0)
                : new Distance(next, known.end(), known.newestMillis(), known.behindSinceMillis())
                    .to(end, now));
  }

  /**
   * @param newestMillis when the last of the records before {@code next} was written
   */
  void read(int partition, long next, long newestMillis) {
    distances.computeIfPresent(
        partition,
        (_, known) -> new Distance(next, known.end(), newestMillis, known.behindSinceMillis()));
  }

  void ends(Map<Integer, Long> ends) {
    var now = clock.millis();
    ends.forEach(
        (partition, end) ->
            distances.computeIfPresent(partition, (_, known) -> known.to(end, now)));
    log(now);
  }

  Collection<Integer> partitions() {
    return distances.keySet();
  }

  void released(Collection<Integer> partitions) {
    distances.keySet().removeAll(partitions);
  }

  void releaseAll() {
    distances.clear();
  }

  private void log(long now) {
    var events = events();
    if (events >= WORTH_A_LINE && now - loggedAt >= LOG_EVERY_MILLIS) {
      loggedAt = now;
      log.info("behind topic={} lag_events={} lag_seconds={}", topic, events, seconds());
    }
  }
}
