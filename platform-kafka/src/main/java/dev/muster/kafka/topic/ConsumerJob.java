package dev.muster.kafka.topic;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.ops.job.BackgroundJob;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that reads with a consumer of its own, which is another one after each failure. */
public abstract class ConsumerJob extends BackgroundJob {

  private static final Logger log = LoggerFactory.getLogger(ConsumerJob.class);

  private final KafkaClients kafka;
  private volatile @Nullable Consumer<String, byte[]> consumer;

  /**
   * @param name of the thread and its clients
   */
  protected ConsumerJob(KafkaClients kafka, String name) {
    super(name);
    this.kafka = kafka;
  }

  /** Called before each consumer is opened. */
  protected void prepare(KafkaClients clients) throws Exception {}

  /** A consumer with its own client id; it is closed when reading ends. */
  protected abstract Consumer<String, byte[]> open(KafkaClients clients, String clientId);

  /** Reads while {@link #isRunning()}; whatever it throws, it is called again after a while. */
  protected abstract void read(Consumer<String, byte[]> opened) throws Exception;

  @Override
  protected final void work() throws Exception {
    prepare(kafka);
    try (var opened = open(kafka, name())) {
      consumer = opened;
      read(opened);
    } catch (WakeupException e) {
      log.debug("reader woken up name={}", name());
    } finally {
      consumer = null;
    }
  }

  @Override
  protected final void wake(Thread working) {
    var open = consumer;
    if (open == null) {
      working.interrupt();
    } else {
      open.wakeup();
    }
  }
}
