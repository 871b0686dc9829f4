package dev.muster.query.audit;

import dev.muster.query.feed.TopicFeed;
import dev.muster.query.key.IssuedKeys;
import dev.muster.query.store.ReadStore;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Makes sure that a search finds what can be read elsewhere already. Events come into the log a
 * moment after they came into histories, and whichever replica puts them there, so the store is
 * asked again and again; it is asked by auditors alone.
 */
@Component
public final class SearchFreshness {

  private static final long WITHIN_NANOS = Duration.ofSeconds(2).toNanos();
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  private final TopicFeed events;
  private final TopicFeed log;
  private final IssuedKeys keys;
  private final ReadStore store;

  SearchFreshness(
      @Qualifier("instanceEventsFeed") TopicFeed events,
      @Qualifier("auditLogFeed") TopicFeed log,
      IssuedKeys keys,
      ReadStore store) {
    this.events = events;
    this.log = log;
    this.keys = keys;
    this.store = store;
  }

  /** Whether the log has all that; waited for, but not for long. */
  public boolean isCurrent() {
    var deadline = System.nanoTime() + WITHIN_NANOS;
    var keysAreCurrent = keys.areCurrent();
    var wanted = Math.max(keys.newestPosition(), store.read(_ -> events.newest()));
    try {
      while (store.read(_ -> log.newest()) < wanted) {
        if (System.nanoTime() - deadline > 0) {
          return false;
        }
        Thread.sleep(BETWEEN_LOOKS);
      }
      return keysAreCurrent;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
