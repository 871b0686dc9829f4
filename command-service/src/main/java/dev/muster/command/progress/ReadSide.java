package dev.muster.command.progress;

import dev.muster.events.progress.ProjectionProgress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * How far the read side has come, as far as this replica has heard. When the service stops, those
 * who wait get their answers before HTTP goes.
 */
@Component
public final class ReadSide implements SmartLifecycle {

  private static final int WAITING_AT_MOST = 10_000;
  private static final Duration LAST_WAIT = Duration.ofSeconds(2);

  private final Map<Integer, Long> positions = new ConcurrentHashMap<>();
  private final Map<String, Set<Interest>> interests = new ConcurrentHashMap<>();
  private final Semaphore room = new Semaphore(WAITING_AT_MOST);
  private volatile int partitions;
  private volatile boolean running;
  private volatile long stopNanos;

  /**
   * From now on, what is heard of the instance is kept for the caller. To be called before the
   * command is given, so that nothing is missed.
   *
   * @throws TooManyWaitException when there is no room for another
   */
  public Interest watch(String instanceId) {
    if (!room.tryAcquire()) {
      throw new TooManyWaitException(WAITING_AT_MOST);
    }
    var interest = new Interest(instanceId, this);
    interests.compute(
        instanceId,
        (_, known) -> {
          var all = known == null ? ConcurrentHashMap.<Interest>newKeySet() : known;
          all.add(interest);
          return all;
        });
    return interest;
  }

  /** Whether the event at that global position, of that instance, can be read. */
  public boolean shows(String instanceId, long position) {
    var count = partitions;
    if (count == 0) {
      return false;
    }
    var key = instanceId.getBytes(StandardCharsets.UTF_8);
    var reached = positions.get(BuiltInPartitioner.partitionForKey(key, count));
    return reached != null && reached >= position;
  }

  @Override
  public void start() {
    running = true;
  }

  /** From now on nobody waits for longer than two seconds. */
  @Override
  public void stop() {
    stopNanos = System.nanoTime() + LAST_WAIT.toNanos();
    running = false;
    interests.values().forEach(all -> all.forEach(interest -> interest.hear(0)));
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** How long anybody may still wait. */
  long nanosLeft() {
    return stopNanos == 0 ? Long.MAX_VALUE : stopNanos - System.nanoTime();
  }

  /** How many callers wait. */
  int waiting() {
    return WAITING_AT_MOST - room.availablePermits();
  }

  void partitions(int count) {
    partitions = count;
  }

  void hear(ProjectionProgress progress) {
    positions.put(progress.partition(), progress.position());
    progress
        .versions()
        .forEach(
            (instanceId, version) ->
                interests
                    .getOrDefault(instanceId, Set.of())
                    .forEach(interest -> interest.hear(version)));
  }

  void forget(Interest interest) {
    interests.computeIfPresent(
        interest.instanceId(),
        (_, known) -> {
          if (known.remove(interest)) {
            room.release();
          }
          return known.isEmpty() ? null : known;
        });
  }
}
