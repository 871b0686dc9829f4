package dev.muster.query.logs;

import java.io.IOException;
import java.time.Duration;
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
  private long looked = System.nanoTime() - LOOK.toNanos();
  private long goneSince;
  private boolean isGone;

  LogFollowing(Logs logs, String instanceId, LogReading reading, LiveLines live) {
    this.logs = logs;
    this.instanceId = instanceId;
    this.reading = reading;
    this.live = live;
  }

  /**
   * Passes lines until the instance is gone and all of them were passed, the service stops, or the
   * caller is to go.
   *
   * @param isAllowed whether the caller may go on; asked twice a second at least, but while the
   *     caller takes a line
   * @throws IOException what the listener throws
   */
  public void run(LogListener listener, BooleanSupplier isAllowed)
      throws IOException, InterruptedException {
    BooleanSupplier goesOn = () -> !logs.isStopping() && isAllowed.getAsBoolean();
    reading.run(listener, goesOn);
    while (goesOn.getAsBoolean() && !isOver()) {
      for (var chunk : live.poll()) {
        reading.pass(chunk, listener);
        goneSince = System.nanoTime();
      }
      if (!listener.pause()) {
        return;
      }
    }
  }

  private boolean isOver() {
    if (reading.isOver()) {
      return true;
    }
    if (!isGone && System.nanoTime() - looked >= LOOK.toNanos()) {
      looked = System.nanoTime();
      goneSince = looked;
      isGone = logs.isGone(instanceId);
    }
    return isGone && System.nanoTime() - goneSince >= LAST_LINES_WITHIN.toNanos();
  }

  @Override
  public void close() {
    live.close();
    logs.leave();
  }
}
