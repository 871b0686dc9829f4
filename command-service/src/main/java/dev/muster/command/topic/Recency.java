package dev.muster.command.topic;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * How long ago something was heard. By this process's own clock, since those of others may be
 * wrong, and while the broker is away nobody counts as silent.
 */
@Component
public final class Recency {

  private static final long DAY = 86_400;

  private final BrokerWatch broker;
  private final Clock clock;

  Recency(BrokerWatch broker, Clock clock) {
    this.broker = broker;
    this.clock = clock;
  }

  /**
   * A mark for {@link #isWithin}.
   *
   * @param live whether it is heard as it is said; what was there before is as old as it says
   */
  public long mark(Instant said, boolean live) {
    var now = System.nanoTime();
    var age = Duration.between(said, clock.instant());
    return live || age.isNegative() ? now : now - Math.min(age.toSeconds(), DAY) * 1_000_000_000L;
  }

  public boolean isWithin(long mark, Duration limit) {
    return System.nanoTime() - mark < limit.toNanos() || broker.wasAwayWithin(limit);
  }
}
