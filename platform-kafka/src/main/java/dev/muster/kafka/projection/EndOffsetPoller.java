package dev.muster.kafka.projection;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then where the topic ends, and, while the store is behind or away, how far the
 * other members are: they read into the same store.
 */
final class EndOffsetPoller {

  private static final Logger log = LoggerFactory.getLogger(EndOffsetPoller.class);
  private static final long STORE_EVERY_NANOS = 200_000_000;
  private static final long ENDS_EVERY_NANOS = 1_000_000_000;
  private static final long ENDS_AT_REST_EVERY_NANOS = 30_000_000_000L;

  private final PositionStore positions;
  private final TopicEnds ends;
  private final InitialLoad initialLoad;
  private final FeedLag lag;
  private long storeAt = System.nanoTime();
  private long endsAt = System.nanoTime();

  EndOffsetPoller(PositionStore positions, TopicEnds ends, FeedProgress watch) {
    this.positions = positions;
    this.ends = ends;
    this.initialLoad = watch.initialLoad();
    this.lag = watch.lag();
  }

  /**
   * @param isAtRest whether everything that came was written, so that only what does not come at
   *     all could be missed
   */
  void look(boolean isAtRest) {
    var every = isAtRest ? ENDS_AT_REST_EVERY_NANOS : ENDS_EVERY_NANOS;
    if (System.nanoTime() - endsAt >= every) {
      endsAt = System.nanoTime();
      ends.tell(lag.partitions(), lag::ends);
    }
    if (initialLoad.isWaiting() && System.nanoTime() - storeAt >= STORE_EVERY_NANOS) {
      storeAt = System.nanoTime();
      lookAtStore();
    }
  }

  private void lookAtStore() {
    try {
      initialLoad.reached(believable(positions.all()));
    } catch (KafkaException e) {
      log.debug("ends cannot be read", e);
    } catch (RuntimeException e) {
      if (!positions.isRefusal(e)) {
        throw e;
      }
      log.debug("positions cannot be read", e);
      initialLoad.storeAway();
    }
  }

  /** Without those past the end of the topic: whoever claims them begins anew. */
  private List<Position> believable(Collection<Position> stored) {
    var now = ends.of(stored.stream().map(Position::partition).toList());
    return stored.stream()
        .filter(position -> position.next() <= now.getOrDefault(position.partition(), 0L))
        .toList();
  }
}
