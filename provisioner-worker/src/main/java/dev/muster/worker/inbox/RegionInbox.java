package dev.muster.worker.inbox;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.CloseOptions;
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
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private final KafkaClients kafka;
  private final String region;
  private final String worker;
  private final TaskHandler handler;
  private volatile boolean stopping;
  private volatile @Nullable InHand inHand;

  public RegionInbox(KafkaClients kafka, String region, String worker, TaskHandler handler) {
    this.kafka = kafka;
    this.region = region;
    this.worker = worker;
    this.handler = handler;
  }

  /** Whether it is a member of its group and knows its partitions. */
  public boolean joined() {
    var current = inHand;
    return current != null && current.joined();
  }

  /** Works until {@link #stop}; a broker that goes away is waited for. */
  @Override
  public void run() {
    while (!stopping) {
      try {
        consume();
      } catch (KafkaException | IllegalStateException e) {
        log.error("the inbox lost its broker and joins again region={}", region, e);
        pause();
      }
    }
  }

  /** Makes {@link #run} leave the group once what is in hand is done, or after ten seconds. */
  public void stop() {
    stopping = true;
  }

  private void consume() {
    try (var lanes = new Lanes();
        var member = kafka.groupConsumer("worker-" + region, worker + "-inbox-" + region)) {
      var work = new InHand(member, lanes, new WorkReader(region), handler);
      inHand = work;
      try {
        member.subscribe(List.of(Topics.INSTANCE_EVENTS), work);
        while (!stopping) {
          work.take(member.poll(POLL));
        }
      } finally {
        inHand = null;
        work.finish();
        member.close(CloseOptions.timeout(CLOSING));
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(Duration.ofMillis(1_000 + ThreadLocalRandom.current().nextInt(1_000)));
    } catch (InterruptedException e) {
      stopping = true;
    }
  }
}
