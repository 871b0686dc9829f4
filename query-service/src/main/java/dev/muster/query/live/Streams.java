package dev.muster.query.live;

import dev.muster.query.env.EnvValues;
import dev.muster.web.problem.ProblemException;
import dev.muster.web.problem.ProblemType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The streams of this replica. When the service stops, they end at once, before HTTP goes. */
@Component
public final class Streams implements SmartLifecycle {

  private static final Duration TO_BEGIN = Duration.ofSeconds(2);

  private final RecentEvents recent;
  private final PastEvents past;
  private final ReplayLimiter limiter;
  private final int atOnce;
  private final Semaphore places;
  private volatile boolean running;
  private volatile boolean over;

  Streams(
      RecentEvents recent,
      PastEvents past,
      ReplayLimiter limiter,
      StreamSettings settings,
      ObjectProvider<MeterRegistry> meters) {
    this.recent = recent;
    this.past = past;
    this.limiter = limiter;
    this.atOnce = settings.atOnce();
    this.places = new Semaphore(atOnce);
    meters.ifAvailable(
        registry ->
            Gauge.builder("muster.query.streams", this, Streams::open)
                .description("Clients that follow the events")
                .register(registry));
  }

  /**
   * A stream, to be run and closed.
   *
   * @param after number of the last event that the caller knows, 0 for none; empty for what comes
   *     next
   * @param instanceId of the only instance it is about; empty for all
   * @param env whether the caller sees the values of variables
   * @throws ProblemException 503 when there is no place or nothing is known yet, 400 when the
   *     caller knows more than has happened
   */
  public LiveEventStream open(OptionalLong after, Optional<String> instanceId, EnvValues env) {
    if (!places.tryAcquire()) {
      throw unavailable("%d streams are open here already; try again soon".formatted(atOnce));
    }
    try {
      var end = end(after.orElse(0));
      return new LiveEventStream(
          this,
          end.era(),
          after.orElse(end.next()),
          instanceId,
          env,
          new EventSources(recent, past, limiter));
    } catch (RuntimeException e) {
      leave();
      throw e;
    }
  }

  private RecentEvents.End end(long after) {
    try {
      var end =
          recent
              .awaitUpTo(after, TO_BEGIN)
              .orElseThrow(() -> unavailable("the events cannot be read yet; try again soon"));
      if (after > end.next()) {
        throw new ProblemException(
            ProblemType.INVALID_REQUEST,
            "there is no event %d; the newest is %d".formatted(after, end.next()));
      }
      return end;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("the service stops; try another replica");
    }
  }

  void leave() {
    places.release();
  }

  private int open() {
    return atOnce - places.availablePermits();
  }

  /** Whether the service stops. HTTP begins before {@link #start} and goes after {@link #stop}. */
  boolean isOver() {
    return over;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    over = true;
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private static ProblemException unavailable(String detail) {
    return new ProblemException(ProblemType.UNAVAILABLE, detail).withHeader("Retry-After", "2");
  }
}
