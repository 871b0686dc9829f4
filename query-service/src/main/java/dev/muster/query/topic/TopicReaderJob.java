package dev.muster.query.topic;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.ops.job.BackgroundJob;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that reads. It makes the topics that are missing first. */
public abstract class TopicReaderJob extends BackgroundJob {

  private static final Logger log = LoggerFactory.getLogger(TopicReaderJob.class);

  private final KafkaClients kafka;
  private volatile @Nullable Consumer<String, byte[]> consumer;

  /**
   * @param name of the thread and its clients
   */
  protected TopicReaderJob(String name, KafkaClients kafka) {
    super(name);
    this.kafka = kafka;
  }

  /** A consumer with its own client id; it is closed when reading ends. */
  protected abstract Consumer<String, byte[]> open(KafkaClients kafka, String clientId);

  /** Reads while {@link #isRunning()}; whatever it throws, it is called again after a while. */
  protected abstract void read(Consumer<String, byte[]> consumer, Admin admin);

  /** Before the web server's, so that answers under way still see what they wait for. */
  @Override
  public final int getPhase() {
    return 0;
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

  @Override
  protected final void work() throws Exception {
    var admin = kafka.admin(name() + "-admin");
    try {
      TopicsAtStart.ensure(admin, kafka);
      openAndRead(admin);
    } catch (WakeupException e) {
      log.debug("reader woken up name={}", name());
    } finally {
      admin.close(Duration.ZERO); // nobody waits for what it was asked
    }
  }

  private void openAndRead(Admin admin) {
    var opened = open(kafka, name());
    consumer = opened;
    try {
      read(opened, admin);
    } finally {
      consumer = null;
      opened.close();
    }
  }
}
