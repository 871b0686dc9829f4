package dev.muster.worker.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker's time: this machine's, less what that is ahead. Deadlines come from other machines,
 * so a clock that is wrong here must not make every task late.
 */
public final class BrokerClock implements InstantSource {

  private static final Logger log = LoggerFactory.getLogger(BrokerClock.class);
  private static final Duration NOTABLE = Duration.ofSeconds(2);

  private final InstantSource own;
  private volatile Duration skew = Duration.ZERO;

  public BrokerClock(InstantSource own) {
    this.own = own;
  }

  public static BrokerClock system() {
    return new BrokerClock(InstantSource.system());
  }

  @Override
  public Instant instant() {
    return own.instant().minus(skew);
  }

  /** What this machine's clock shows. */
  public Instant own() {
    return own.instant();
  }

  /** By how much this machine's clock is ahead of the broker's; negative when it is behind. */
  public Duration skew() {
    return skew;
  }

  /**
   * Measures: the broker had that time between the two of this machine. The smallest skew that
   * explains it is taken, so that a slow answer alone never counts as one.
   */
  public void heard(Instant sent, Instant answered, Instant broker) {
    var least = Duration.between(broker, sent);
    var most = Duration.between(broker, answered);
    var found = least.isPositive() ? least : most.isNegative() ? most : Duration.ZERO;
    if (isNotable(found) && !isNotable(skew)) {
      log.warn(
          "the clock of this machine is wrong by {} ms against the broker's, which is used for"
              + " deadlines; set it right, with NTP for one",
          found.toMillis());
    }
    skew = found;
  }

  private static boolean isNotable(Duration skew) {
    return skew.abs().compareTo(NOTABLE) > 0;
  }
}
