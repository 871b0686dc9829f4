package dev.muster.command.publish;

import dev.muster.command.eventstore.EventStoreUnavailableException;
import dev.muster.command.eventstore.ReaderLag;
import dev.muster.command.eventstore.ReaderLag.Lag;
import dev.muster.command.metrics.Meters;
import dev.muster.ops.job.BackgroundJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every few seconds how far the publisher is behind, and says so. */
final class PublisherLag extends BackgroundJob {

  private static final Logger log = LoggerFactory.getLogger(PublisherLag.class);
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(30);
  private static final double SECONDS_TO_WORRY = 10;

  private final ReaderLag lag;
  private final Clock clock;
  private volatile @Nullable Lag newest;
  private long nextWarning = System.nanoTime();

  PublisherLag(ReaderLag lag, Meters meters, Clock clock) {
    super("publisher-lag");
    this.lag = lag;
    this.clock = clock;
    meters.gauge(
        "muster.publisher.lag.events", "Stored events that Kafka has not got yet", this::events);
    meters.gauge("muster.publisher.lag.seconds", "Age of the oldest event of these", this::seconds);
  }

  @Override
  protected void work() throws InterruptedException {
    while (isRunning()) {
      try {
        newest = lag.of(KafkaPublisher.NAME);
        worry();
      } catch (EventStoreUnavailableException e) {
        newest = null;
        log.debug("the publisher's lag is not known", e);
      }
      Thread.sleep(EVERY);
    }
  }

  /** NaN while the store does not say. */
  private double events() {
    var known = newest;
    return known == null ? Double.NaN : known.events();
  }

  private double seconds() {
    var known = newest;
    return known == null ? Double.NaN : age(known.oldest());
  }

  private double age(@Nullable Instant oldest) {
    return oldest == null
        ? 0
        : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1000.0);
  }

  private void worry() {
    if (seconds() > SECONDS_TO_WORRY && System.nanoTime() - nextWarning >= 0) {
      nextWarning = System.nanoTime() + BETWEEN_WARNINGS.toNanos();
      log.warn(
          "publisher_behind events={} seconds={}: is Kafka there, and does a replica lead?",
          (long) events(),
          seconds());
    }
  }
}
