package dev.muster.worker.inbox;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.kafka.group.GroupMember;
import dev.muster.kafka.group.GroupSettings;
import dev.muster.kafka.group.PartitionProgress;
import dev.muster.ops.ready.Backoff;
import dev.muster.worker.report.DeadLetterReporter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up the tasks of one region, together with the other workers of it: a consumer group. An
 * offset is committed when everything below it was done and reported, so what a worker leaves
 * behind is another's within seconds.
 */
public final class RegionInbox implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(RegionInbox.class);

  /** So many tasks that none of those who work idle, so few that they fit into memory. */
  private static final int TASKS_IN_HAND = 512;

  private static final Duration POLL_AT_REST = Duration.ofSeconds(1);
  private static final Duration HAND_OVER = Duration.ofSeconds(5);
  private static final Duration STOPPING = Duration.ofSeconds(4);
  private static final Duration DRAINING = Duration.ofSeconds(60);

  private final KafkaClients kafka;
  private final String region;
  private final RegionTaskReader reader;
  private final DeliveryHandler deliveries;
  private final GroupSettings settings;
  private final Backoff backoff = Backoff.steady(Duration.ofSeconds(2));
  private volatile boolean leaving;
  private boolean stopped;
  private volatile long leaveBy;
  private volatile @Nullable GroupMember member;

  public RegionInbox(
      KafkaClients kafka,
      String region,
      String worker,
      TaskHandler handler,
      DeadLetterReporter letters,
      TaskCounter counter,
      int tasksAtOnce) {
    this.kafka = kafka;
    this.region = region;
    this.reader = new RegionTaskReader(region, group(region));
    this.deliveries = new DeliveryHandler(handler, letters, counter, group(region));
    this.settings =
        new GroupSettings(
            group(region),
            worker + "-inbox-" + region,
            List.of(Topics.INSTANCE_EVENTS, Topics.DEAD_LETTER_RETRIES),
            tasksAtOnce,
            TASKS_IN_HAND,
            HAND_OVER,
            STOPPING,
            POLL_AT_REST);
  }

  /** The consumer group of a region's workers. */
  static String group(String region) {
    return "worker-" + region;
  }

  public String region() {
    return region;
  }

  /** Whether it is a member of its group and knows its partitions. */
  public boolean joined() {
    var current = member;
    return current != null && current.joined();
  }

  /** What it has; nothing while it is no member of its group. */
  public InboxStatus holding() {
    var current = member;
    return current == null
        ? new InboxStatus(region, Map.of(), 0)
        : new InboxStatus(region, progress(current), current.tasks());
  }

  private static Map<Integer, PartitionProgress> progress(GroupMember current) {
    return current.progress().entrySet().stream()
        .filter(held -> held.getKey().topic().equals(Topics.INSTANCE_EVENTS))
        .collect(Collectors.toMap(held -> held.getKey().partition(), Map.Entry::getValue));
  }

  /**
   * Works until {@link #stop}, but from a {@link #drain} to a {@link #resume}; a broker that goes
   * away is waited for.
   */
  @Override
  public void run() {
    while (mayWork()) {
      try {
        consume();
      } catch (KafkaException | IllegalStateException e) {
        log.error("the inbox lost its broker and joins again region={}", region, e);
        pause();
      }
    }
  }

  /** Makes {@link #run} leave the group once what has begun is done, or after four seconds. */
  public synchronized void stop() {
    stopped = true;
    leave(STOPPING);
    notifyAll();
  }

  /** Makes {@link #run} leave the group once what has begun is done, or after a minute. */
  public void drain() {
    leave(DRAINING);
  }

  /** Makes {@link #run} join the group again after a {@link #drain}. */
  public synchronized void resume() {
    if (!stopped) {
      leaving = false;
      notifyAll();
    }
  }

  /** Waits while it is drained; false when it is to end. */
  private synchronized boolean mayWork() {
    try {
      while (leaving && !stopped) {
        wait();
      }
    } catch (InterruptedException e) {
      stopped = true;
    }
    return !stopped;
  }

  private synchronized void leave(Duration patience) {
    var by = System.nanoTime() + patience.toNanos();
    leaveBy = leaving && leaveBy - by < 0 ? leaveBy : by;
    leaving = true;
  }

  private void consume() {
    var joining =
        new GroupMember(kafka, settings, record -> reader.read(record).map(deliveries::task));
    member = joining;
    try {
      joining.run(() -> !leaving, () -> leaveBy);
    } finally {
      member = null;
    }
  }

  private void pause() {
    try {
      backoff.pause();
    } catch (InterruptedException e) {
      stop();
    }
  }
}
