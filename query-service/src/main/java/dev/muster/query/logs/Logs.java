package dev.muster.query.logs;

import dev.muster.events.instance.InstanceState;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.query.instance.current.InstanceRow;
import dev.muster.query.store.ReadStore;
import dev.muster.web.problem.ProblemException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** What instances print, for callers. When the service stops, those who follow are let go. */
@Component
public final class Logs implements SmartLifecycle {

  private final KeptLines kept;
  private final ReadStore store;
  private final KafkaClients kafka;
  private final FollowerSlots slots;
  private final AtomicLong opened = new AtomicLong();
  private volatile boolean running;
  private volatile boolean stopping;

  Logs(
      KeptLines kept,
      ReadStore store,
      KafkaClients kafka,
      LogSettings settings,
      ObjectProvider<MeterRegistry> meters) {
    this.kept = kept;
    this.store = store;
    this.kafka = kafka;
    this.slots = new FollowerSlots(settings.followersAtOnce());
    meters.ifAvailable(
        registry ->
            Gauge.builder("muster.query.log.followers", slots, FollowerSlots::taken)
                .description("Clients that follow what an instance prints")
                .register(registry));
  }

  /**
   * Lines that are kept.
   *
   * @throws ProblemException 503 when the read store does not answer
   */
  public LogReading read(String instanceId, Span span) {
    var start = span.after().orElseGet(() -> kept.startOf(instanceId, span.tail(), span.since()));
    return new LogReading(kept, instanceId, start, span.since());
  }

  /**
   * Lines that are kept and those that come; to be run and closed.
   *
   * @param keyId of the key that follows
   * @throws ProblemException 503 when there is no slot, or the read store does not answer
   */
  public LogFollowing follow(String instanceId, String keyId, Span span) {
    var slot = slots.take(instanceId, keyId);
    try {
      var next = keptUpTo(LiveLines.partition(kafka, instanceId));
      var reading = read(instanceId, span);
      var live = new LiveLines(kafka, instanceId, next, "query-follow-" + opened.incrementAndGet());
      return new LogFollowing(this, instanceId, reading, live, slot);
    } catch (RuntimeException e) {
      slot.close();
      throw e;
    }
  }

  /** The offset in that partition before which everything is in the read store. */
  private long keptUpTo(int partition) {
    return store.read(mongo -> LogConfiguration.LOGS.next(mongo, partition));
  }

  /** How it ended for good, as far as anybody knows; empty while it runs or is about to. */
  Optional<String> endOf(String instanceId) {
    try {
      return store.find(InstanceRow.class, instanceId).map(InstanceRow::folded).flatMap(Logs::end);
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  // A restart that is due is an operation from the moment of the failure on.
  private static Optional<String> end(InstanceState instance) {
    if (instance.deleted()) {
      return Optional.of("deleted");
    }
    if (instance.inFlight() != null) {
      return Optional.empty();
    }
    return switch (instance.status()) {
      case STOPPED, ERROR -> Optional.of(instance.status().toString());
      case CREATING, RUNNING, PAUSED -> Optional.empty();
    };
  }

  boolean isStopping() {
    return stopping;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    stopping = true;
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
