package dev.muster.worker;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.kafka.UnsuitableTopicsException;
import dev.muster.ops.ready.Backoff;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the topics are there. */
final class WorkerTopics {

  private static final Logger log = LoggerFactory.getLogger(WorkerTopics.class);

  private final KafkaClients kafka;

  WorkerTopics(KafkaClients kafka) {
    this.kafka = kafka;
  }

  /**
   * Returns when they are; waits for a broker that is away.
   *
   * @throws UnsuitableTopicsException when they are not as they have to be
   */
  void await() throws InterruptedException {
    var backoff = new Backoff(Duration.ofMillis(400), Duration.ofSeconds(5));
    while (true) {
      try (var admin = kafka.admin("worker-topics")) {
        Topics.ensure(admin, kafka.settings());
        return;
      } catch (ExecutionException | KafkaException e) {
        log.warn(
            "the broker is not ready, check that it is up servers={} cause={}",
            kafka.settings().bootstrapServers(),
            String.valueOf(e.getCause() == null ? e : e.getCause()));
      }
      backoff.pause();
    }
  }
}
