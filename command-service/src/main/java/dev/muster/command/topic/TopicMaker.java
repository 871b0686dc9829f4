package dev.muster.command.topic;

import dev.muster.command.background.BackgroundJob;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.web.health.ReadinessCheck;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Makes the topics that are missing, once the broker can be reached. */
@Component
public final class TopicMaker extends BackgroundJob implements ReadinessCheck {

  private final KafkaClients kafka;
  private final CountDownLatch made = new CountDownLatch(1);

  TopicMaker(KafkaClients kafka) {
    super("topic-maker");
    this.kafka = kafka;
  }

  /** Whether the topics are there, after waiting a second for them if need be. */
  public boolean awaitTopics() throws InterruptedException {
    return made.await(1, TimeUnit.SECONDS);
  }

  @Override
  public String part() {
    return "kafka";
  }

  @Override
  public Optional<String> missing() {
    return made.getCount() == 0
        ? Optional.empty()
        : Optional.of("the broker has not been reached yet");
  }

  @Override
  protected void work() throws Exception {
    var settings = kafka.settings();
    try (var admin = kafka.admin("command-topics")) {
      Topics.create(admin, settings.partitions(), settings.replication());
    }
    made.countDown();
    // The job is done; the thread only waits for the end.
    Thread.sleep(Duration.ofDays(365_000));
  }
}
