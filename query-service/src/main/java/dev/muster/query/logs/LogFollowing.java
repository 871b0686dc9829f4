package dev.muster.query.logs;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Reads what is kept and then what comes. Where the topic is read from was noted before the read
 * store was: what is in neither part of the one is in the other, and what is in both is passed
 * once.
 */
public final class LogFollowing implements AutoCloseable {

  /** How long the last lines of an instance may take from its host, when nobody says they came. */
  private static final Duration LAST_LINES_WITHIN = Duration.ofSeconds(10);

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Logs logs;
  private final String instanceId;
  private final LogReading reading;
  private final LiveLines live;
  private final FollowerSlots.Slot slot;
  private long looked = System.nanoTime() - LOOK.toNanos();
  private long endedSince = System.nanoTime();
  private Optional<String> ended = Optional.empty();

  LogFollowing(
      Logs logs, String instanceId, LogReading reading, LiveLines live, FollowerSlots.Slot slot) {
    this.logs = logs;
    this.instanceId = instanceId;
    this.reading = reading;
    this.live = live;
    this.slot = slot;
  }

  /**
   * Passes lines until the instance has ended for good and all of them were passed, the service
   * stops, or the caller is to go.
   *
   * @param isAllowed whether the caller may go on; asked twice a second at least, but while the
   *     caller takes a line
   * @throws IOException what the listener throws
   */
  public void run(LogListener listener, BooleanSupplier isAllowed)
      throws IOException, InterruptedException {
    BooleanSupplier goesOn = () -> !logs.isStopping() && isAllowed.getAsBoolean();
    reading.run(listener, goesOn);
    while (goesOn.getAsBoolean()) {
      var end = end();
      if (end.isPresent()) {
        listener.ended(end.get());
        return;
      }
      for (var chunk : live.poll()) {
        reading.pass(chunk, listener);
        endedSince = System.nanoTime();
      }
      if (!listener.pause()) {
        return;
      }
    }
  }

  /** How it ended, when all of its lines were passed. */
  private Optional<String> end() {
    if (reading.isOver()) {
      return Optional.of("deleted");
    }
    var now = System.nanoTime();
    if (now - looked >= LOOK.toNanos()) {
      looked = now;
      ended = logs.endOf(instanceId);
    }
    if (ended.isEmpty()) {
      // It was restarted, or never ended; its last lines are not due.
      endedSince = now;
    }
    return ended.filter(_ -> now - endedSince >= LAST_LINES_WITHIN.toNanos());
  }

  @Override
  public void close() {
    live.close();
    slot.close();
  }
}
