package dev.muster.command.eventstore;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the store takes events, and whether those who follow its order may go on. Both end while
 * the store lacks events that were published before: whatever it took would get their positions.
 */
public final class EventStoreGate {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private volatile boolean held;
  private volatile @Nullable String closed;

  /** Readers wait from now on; events are still taken. */
  public void hold() {
    held = true;
  }

  /**
   * Nothing is taken, and readers wait.
   *
   * @param why for the callers that are refused
   */
  public void close(String why) {
    closed = why;
    held = true;
  }

  public void open() {
    closed = null;
    held = false;
  }

  public Optional<String> closed() {
    return Optional.ofNullable(closed);
  }

  /** Returns once readers may go on, or are no longer wanted. */
  public void awaitOpen(BooleanSupplier isWanted) throws InterruptedException {
    while (held && isWanted.getAsBoolean()) {
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  /**
   * @throws EventStoreUnavailableException when it is closed
   */
  void requireOpen() {
    var why = closed;
    if (why != null) {
      throw new EventStoreUnavailableException(why);
    }
  }
}
