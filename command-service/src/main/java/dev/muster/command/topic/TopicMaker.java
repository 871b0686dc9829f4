package dev.muster.command.topic;

import dev.muster.command.start.CannotStartException;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.events.kafka.UnsuitableTopicsException;
import dev.muster.ops.job.BackgroundJob;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the topics that are missing, once the broker can be reached. */
@Component
public final class TopicMaker extends BackgroundJob {

  private static final Duration VERDICT_AT_START = Duration.ofSeconds(3);

  private final KafkaClients kafka;
  private final WriterId writer;
  private final CountDownLatch judged = new CountDownLatch(1);
  private final CountDownLatch made = new CountDownLatch(1);
  private volatile @Nullable UnsuitableTopicsException unsuitable;

  TopicMaker(KafkaClients kafka, WriterId writer) {
    super("topic-maker");
    this.writer = writer;
    this.kafka = kafka;
  }

  /** Whether the topics are there, after waiting a second for them if need be. */
  public boolean awaitTopics() throws InterruptedException {
    return made.await(1, TimeUnit.SECONDS);
  }

  Optional<String> missing() {
    if (made.getCount() == 0) {
      return Optional.empty();
    }
    var problem = unsuitable;
    return Optional.of(
        problem == null
            ? "the broker has not been reached yet"
            : String.valueOf(problem.getMessage()));
  }

  /**
   * When the broker is there, its topics are looked at before anything else starts.
   *
   * @throws CannotStartException when they are not as they have to be
   */
  @Override
  protected void started() {
    try {
      var unused = judged.await(VERDICT_AT_START.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var problem = unsuitable;
    if (problem != null) {
      throw new CannotStartException(String.valueOf(problem.getMessage()), problem);
    }
  }

  @Override
  protected void work() throws Exception {
    var admin = kafka.admin("command-topics");
    try {
      Topics.ensure(admin, kafka.settings());
      judge(null);
      made.countDown();
      endWhatWasLeftOpen(admin);
    } catch (UnsuitableTopicsException e) {
      judge(e);
      throw e;
    } finally {
      admin.close(Duration.ZERO);
    }
    // The job is done; the thread only waits for the end.
    Thread.sleep(Duration.ofDays(365_000));
  }

  /** Until it ends, those who read only what is committed stand still before it. */
  private void endWhatWasLeftOpen(Admin admin) throws ExecutionException, InterruptedException {
    admin.fenceProducers(List.of(writer.text())).all().get();
  }

  private void judge(@Nullable UnsuitableTopicsException problem) {
    unsuitable = problem;
    judged.countDown();
  }
}
