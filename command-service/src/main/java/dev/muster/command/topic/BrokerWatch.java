package dev.muster.command.topic;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.ops.job.BackgroundJob;
import dev.muster.ops.ready.ReadinessCheck;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks the broker every few seconds whether it is still there. */
@Component
public final class BrokerWatch extends BackgroundJob implements ReadinessCheck {

  private static final Logger log = LoggerFactory.getLogger(BrokerWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final KafkaClients kafka;
  private final TopicMaker topics;
  private volatile boolean answers = true;
  private volatile @Nullable Long backAt;

  BrokerWatch(KafkaClients kafka, TopicMaker topics) {
    super("broker-watch");
    this.kafka = kafka;
    this.topics = topics;
  }

  /**
   * @throws BrokerUnavailableException when the broker did not answer when it was last asked
   */
  public void requireAnswer() {
    if (!answers) {
      throw new BrokerUnavailableException("the broker does not answer", null);
    }
  }

  /** Whether it was away a moment ago, so that much may not have been heard. */
  public boolean wasAwayWithin(Duration limit) {
    var back = backAt;
    return !answers || (back != null && System.nanoTime() - back < limit.toNanos());
  }

  @Override
  public String part() {
    return "kafka";
  }

  @Override
  public Optional<String> missing() {
    return answers ? topics.missing() : Optional.of("the broker does not answer");
  }

  @Override
  protected void work() throws InterruptedException {
    var admin = open();
    try {
      while (isRunning()) {
        look(admin);
        Thread.sleep(EVERY);
      }
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private Admin open() {
    try {
      return kafka.admin("command-broker-watch");
    } catch (KafkaException e) { // its name cannot be resolved, for one
      report(false);
      throw e;
    }
  }

  private void look(Admin admin) throws InterruptedException {
    try {
      var options = new DescribeClusterOptions().timeoutMs(Math.toIntExact(PATIENCE.toMillis()));
      var unused = admin.describeCluster(options).clusterId().get();
      report(true);
    } catch (ExecutionException e) {
      log.debug("the broker does not answer", e);
      report(false);
    }
  }

  private void report(boolean now) {
    if (now != answers && now) {
      backAt = System.nanoTime();
      log.info("broker_back bootstrap={}", kafka.settings().bootstrapServers());
    } else if (now != answers) {
      log.warn(
          "broker_away bootstrap={}: commands are taken and published when it is back",
          kafka.settings().bootstrapServers());
    }
    answers = now;
  }
}
