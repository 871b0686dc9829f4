package dev.muster.kafka.topic;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.ops.job.BackgroundJob;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a topic in a thread of its own for as long as the service runs, and is its listener. */
public abstract class TopicReaderJob extends BackgroundJob implements TopicListener {

  private final String topic;
  private final TopicReader reader;

  /**
   * @param name of the thread and of its consumer
   */
  protected TopicReaderJob(KafkaClients kafka, String topic, String name) {
    super(name);
    this.topic = topic;
    this.reader = new TopicReader(kafka, name, List.of(this));
  }

  @Override
  public final String topic() {
    return topic;
  }

  /** Whether everything was read that was there when reading began. */
  protected final boolean isCaughtUp() {
    return reader.isCaughtUp();
  }

  /** Whether a record that is being taken came after reading began. */
  protected final boolean isNew(ConsumerRecord<String, byte[]> record) {
    return reader.isNew(record);
  }

  @Override
  protected final void work() throws InterruptedException {
    reader.read(this::isRunning);
  }

  @Override
  protected final void wake(Thread working) {
    if (!reader.wake()) {
      working.interrupt();
    }
  }
}
