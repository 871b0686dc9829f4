package dev.muster.query.live;

import dev.muster.ops.ready.Backoff;
import dev.muster.query.env.EnvValues;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One caller's way through the events, each after the one before it. What waits for a slow caller
 * waits in the topic: nothing is queued here.
 */
public final class LiveEventStream implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LiveEventStream.class);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Streams streams;
  private final int era;
  private final Optional<String> instanceId;
  private final EnvValues env;
  private final EventSources sources;
  private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
  private long next;
  private boolean isClosed;

  LiveEventStream(
      Streams streams,
      int era,
      long next,
      Optional<String> instanceId,
      EnvValues env,
      EventSources sources) {
    this.streams = streams;
    this.era = era;
    this.next = next;
    this.instanceId = instanceId;
    this.env = env;
    this.sources = sources;
  }

  /**
   * Passes events until the service stops or the caller is to go.
   *
   * @param isAllowed whether the caller may go on; asked before each event and twice a second at
   *     least, but while the caller takes an event or the broker is asked
   * @throws IOException what the listener throws
   */
  public void run(StreamListener listener, BooleanSupplier isAllowed)
      throws IOException, InterruptedException {
    listener.begun(next);
    while (goesOn(isAllowed)) {
      switch (sources.recent().from(era, next, LOOK)) {
        case RecentEventsLookup.Events events -> pass(events.next(), listener, isAllowed);
        case RecentEventsLookup.Nothing _ -> backoff.reset();
        case RecentEventsLookup.Older _ -> catchUpInTurn(listener, isAllowed);
        case RecentEventsLookup.Over _ -> {
          return;
        }
      }
      listener.pause(next);
    }
  }

  private void catchUpInTurn(StreamListener listener, BooleanSupplier isAllowed)
      throws IOException, InterruptedException {
    if (!sources.limiter().await(LOOK)) {
      return;
    }
    var rest = Duration.ZERO;
    try {
      catchUp(listener, isAllowed);
    } catch (KafkaException e) {
      rest = backoff.next();
      log.warn(
          "past events cannot be read; the stream waits. position={} retry_in_ms={} error=\"{}\"",
          next,
          rest.toMillis(),
          e.getMessage());
    } finally {
      sources.limiter().leave();
    }
    stay(rest, listener, isAllowed);
  }

  private void catchUp(StreamListener listener, BooleanSupplier isAllowed)
      throws IOException, InterruptedException {
    var begun = System.nanoTime();
    BooleanSupplier isMyTurn = () -> isAllowed.getAsBoolean() && !sources.limiter().isOver(begun);
    try (var reading = sources.past().from(next)) {
      while (goesOn(isMyTurn)
          && sources.recent().from(era, next, Duration.ZERO) instanceof RecentEventsLookup.Older) {
        pass(reading.poll(), listener, isMyTurn);
        listener.pause(next);
      }
    }
  }

  private void stay(Duration wait, StreamListener listener, BooleanSupplier isAllowed)
      throws IOException, InterruptedException {
    var until = System.nanoTime() + wait.toNanos();
    while (goesOn(isAllowed) && System.nanoTime() < until) {
      Thread.sleep(LOOK);
      listener.pause(next);
    }
  }

  private void pass(List<LiveEvent> events, StreamListener listener, BooleanSupplier isAllowed)
      throws IOException {
    for (var event : events) {
      if (!goesOn(isAllowed)) {
        return;
      }
      if (event.isShown() && isAskedFor(event)) {
        listener.event(event.position() + 1, event.frame(env));
      }
      next = event.position() + 1;
    }
  }

  private boolean isAskedFor(LiveEvent event) {
    return instanceId.isEmpty() || instanceId.get().equals(event.instanceId());
  }

  private boolean goesOn(BooleanSupplier isAllowed) {
    return !streams.isOver() && isAllowed.getAsBoolean();
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      streams.leave();
    }
  }
}
