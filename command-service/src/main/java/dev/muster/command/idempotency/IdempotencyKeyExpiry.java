package dev.muster.command.idempotency;

import dev.muster.command.eventstore.RememberedCalls;
import dev.muster.ops.job.BackgroundJob;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Forgets calls that nobody may repeat any more. */
@Component
final class IdempotencyKeyExpiry extends BackgroundJob {

  private static final Logger log = LoggerFactory.getLogger(IdempotencyKeyExpiry.class);
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  private final RememberedCalls calls;
  private final Clock clock;

  IdempotencyKeyExpiry(RememberedCalls calls, Clock clock) {
    super("call-sweep");
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  protected void work() throws InterruptedException {
    while (isRunning()) {
      var forgotten = calls.forgetOld(clock.instant());
      log.debug("calls_forgotten count={}", forgotten);
      Thread.sleep(INTERVAL);
    }
  }
}
