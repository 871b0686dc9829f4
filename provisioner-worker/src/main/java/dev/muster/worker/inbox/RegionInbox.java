package dev.muster.worker.inbox;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.ops.ready.Backoff;
import dev.muster.worker.report.DeadLetterReporter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
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
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration POLL_AT_REST = Duration.ofSeconds(1);
  private static final Duration STOPPING = Duration.ofSeconds(4);
  private static final Duration DRAINING = Duration.ofSeconds(60);

  private final KafkaClients kafka;
  private final String region;
  private final String worker;
  private final DeliveryHandler deliveries;
  private final int tasksAtOnce;
  private final Backoff backoff = Backoff.steady(Duration.ofSeconds(2));
  private volatile boolean leaving;
  private boolean stopped;
  private volatile long leaveBy;
  private volatile @Nullable PartitionTasks partitionTasks;

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
    this.worker = worker;
    this.deliveries = new DeliveryHandler(handler, letters, counter, group(region));
    this.tasksAtOnce = tasksAtOnce;
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
    var current = partitionTasks;
    return current != null && current.joined();
  }

  /** What it has; nothing while it is no member of its group. */
  public InboxStatus holding() {
    var current = partitionTasks;
    return current == null
        ? new InboxStatus(region, Map.of(), 0)
        : new InboxStatus(region, current.progress(), current.tasks());
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
    try (var executor = new KeyedExecutor(tasksAtOnce);
        var member = kafka.groupConsumer(group(region), worker + "-inbox-" + region)) {
      var work =
          new PartitionTasks(
              member, executor, new RegionTaskReader(region, group(region)), deliveries);
      partitionTasks = work;
      try {
        member.subscribe(List.of(Topics.INSTANCE_EVENTS, Topics.DEAD_LETTER_RETRIES), work);
        while (!leaving) {
          var records = member.poll(work.isAtRest() ? POLL_AT_REST : POLL);
          // What came while it was told to leave is for whoever comes after it, and that is this
          // one when it is called back at once.
          if (leaving) {
            break;
          }
          work.take(records);
        }
      } finally {
        leave(work, member);
      }
    }
  }

  private void leave(PartitionTasks work, Consumer<String, byte[]> member) {
    var orLost = System.nanoTime() + STOPPING.toNanos();
    var told = leaving;
    try {
      work.finish(() -> told || leaving ? leaveBy : orLost);
      member.close();
    } finally {
      partitionTasks = null;
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
