package dev.muster.query.topic;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.kafka.UnsuitableTopicsException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Ends a start that no waiting can make good: the topics are there, and are not as they must be.
 */
@Component
public final class TopicsAtStart implements InitializingBean {

  /** In which the jobs that read topics start and stop. */
  public static final int PHASE_OF_READERS = 0;

  private static final Logger log = LoggerFactory.getLogger(TopicsAtStart.class);
  private static final long WITHIN_SECONDS = 3;

  private final KafkaClients kafka;

  TopicsAtStart(KafkaClients kafka) {
    this.kafka = kafka;
  }

  /**
   * @throws UnsuitableTopicsException when they are not; a broker that is away is waited for later
   */
  @Override
  public void afterPropertiesSet() throws InterruptedException {
    var admin = kafka.admin("query-topics");
    try {
      CompletableFuture.runAsync(() -> look(admin), Thread::startVirtualThread)
          .get(WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnsuitableTopicsException unsuitable) {
        throw unsuitable;
      }
      away(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      away("no answer within %d s".formatted(WITHIN_SECONDS));
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private void look(Admin admin) {
    try {
      ensure(admin, kafka);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes what is missing, and looks at what is there. */
  public static void ensure(Admin admin, KafkaClients kafka)
      throws ExecutionException, InterruptedException {
    Topics.ensure(admin, kafka.settings());
  }

  /** Like {@link #ensure(Admin, KafkaClients)}, with a client of its own. */
  public static void ensure(KafkaClients kafka, String clientId)
      throws ExecutionException, InterruptedException {
    var admin = kafka.admin(clientId);
    try {
      ensure(admin, kafka);
    } finally {
      admin.close(Duration.ZERO); // nobody waits for what it was asked
    }
  }

  private void away(String why) {
    log.warn(
        "broker is not there yet and is waited for; check that it is up servers={} error=\"{}\"",
        kafka.settings().bootstrapServers(),
        why);
  }
}
