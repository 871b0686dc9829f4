package dev.muster.command.dispatch;

import dev.muster.command.eventstore.EventStoreUnavailableException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Tries what another replica may get in the way of, with pauses that grow. */
final class ConflictRetries {

  private static final int AT_MOST = 6;
  private static final long FIRST_PAUSE_NANOS = 2_000_000;

  private ConflictRetries() {}

  /**
   * @param attempt empty when somebody was faster, and it is to be decided again
   * @throws EventStoreUnavailableException when somebody always was
   */
  static <T> T untilDone(String id, Supplier<Optional<T>> attempt) {
    for (int number = 0; number < AT_MOST; number++) {
      pauseBefore(number);
      var result = attempt.get();
      if (result.isPresent()) {
        return result.get();
      }
    }
    throw new EventStoreUnavailableException(
        "%s changes too fast for another command".formatted(id));
  }

  private static void pauseBefore(int attempt) {
    if (attempt > 0) {
      var atMost = FIRST_PAUSE_NANOS << attempt;
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(atMost / 2, atMost));
    }
  }
}
