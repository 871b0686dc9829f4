package dev.muster.worker.inbox;

import dev.muster.ops.ready.Backoff;
import dev.muster.worker.driver.HostFaultException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries things again that may do better later: three times, and none past the deadline. */
final class TaskRetries {

  private static final Logger log = LoggerFactory.getLogger(TaskRetries.class);
  static final int LIMIT = 3;

  private TaskRetries() {}

  /**
   * @throws HostFaultException when the last try failed too; the message says how often
   */
  static <T> T of(RegionTask work, Instant deadline, Attempt<T> attempt)
      throws InterruptedException {
    return of(work, deadline, InstantSource.system(), attempt);
  }

  /**
   * @param clock the deadline is by that
   * @throws HostFaultException when the last try failed too; the message says how often
   */
  static <T> T of(RegionTask work, Instant deadline, InstantSource clock, Attempt<T> attempt)
      throws InterruptedException {
    var backoff = new Backoff(Duration.ofMillis(400), Duration.ofSeconds(2));
    for (int tries = 1; ; tries++) {
      try {
        return attempt.now();
      } catch (RuntimeException | Error e) {
        // Such an error is often of this one task: a nesting too deep, a class that is missing.
        log.warn(
            "a try failed instance_id={} request_id={} try={} cause={}",
            work.instanceId(),
            work.requestId(),
            tries,
            String.valueOf(e));
        if (tries == LIMIT || clock.instant().isAfter(deadline)) {
          throw new HostFaultException(reason(tries, e), e);
        }
      }
      backoff.pause();
    }
  }

  private static String reason(int tries, Throwable cause) {
    var said = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return "tried %d times: %s".formatted(tries, said);
  }

  @FunctionalInterface
  interface Attempt<T> {
    T now() throws InterruptedException;
  }
}
