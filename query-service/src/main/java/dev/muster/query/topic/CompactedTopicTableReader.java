package dev.muster.query.topic;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.kafka.topic.TopicListener;
import dev.muster.kafka.topic.TopicReader;
import dev.muster.ops.job.BackgroundJob;
import dev.muster.ops.ready.ReadinessCheck;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Reads the topic of every {@link TopicListener}, all in one thread. Ready once it has everything
 * that was there at first.
 */
@Component
final class CompactedTopicTableReader extends BackgroundJob implements ReadinessCheck {

  private final KafkaClients kafka;
  private final TopicReader reader;

  CompactedTopicTableReader(KafkaClients kafka, List<TopicListener> listeners) {
    super("query-tables");
    this.kafka = kafka;
    this.reader = new TopicReader(kafka, name(), listeners);
  }

  TopicReader reader() {
    return reader;
  }

  /** Before the web server's, so that answers under way still see what they wait for. */
  @Override
  public int getPhase() {
    return TopicsAtStart.PHASE_OF_READERS;
  }

  @Override
  public String part() {
    return "topics in memory";
  }

  @Override
  public Optional<String> missing() {
    return reader.isCaughtUp()
        ? Optional.empty()
        : Optional.of("not read yet: " + String.join(", ", reader.topics()));
  }

  @Override
  protected void work() throws Exception {
    TopicsAtStart.ensure(kafka, name() + "-admin");
    reader.read(this::isRunning);
  }

  @Override
  protected void wake(Thread working) {
    if (!reader.wake()) {
      working.interrupt();
    }
  }
}
