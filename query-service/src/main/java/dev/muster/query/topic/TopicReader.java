package dev.muster.query.topic;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.ops.ready.Backoff;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A thread that reads for as long as the service runs. It makes the topics that are missing, and
 * begins again after a wait whenever reading fails.
 */
public abstract class TopicReader implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(TopicReader.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(8);
  private static final long WENT_WELL_AFTER_NANOS = 60_000_000_000L;

  private final String name;
  private final KafkaClients kafka;
  private volatile CountDownLatch stopped = new CountDownLatch(0);
  private volatile @Nullable Consumer<String, byte[]> consumer;
  private @Nullable Thread thread;

  /**
   * @param name of the thread and its clients
   */
  protected TopicReader(String name, KafkaClients kafka) {
    this.name = name;
    this.kafka = kafka;
  }

  /** A consumer with its own client id; it is closed when reading ends. */
  protected abstract Consumer<String, byte[]> open(KafkaClients kafka, String clientId);

  /** Reads while {@link #isWanted()}; whatever it throws, it is called again after a while. */
  protected abstract void read(Consumer<String, byte[]> consumer, Admin admin);

  /** Whether to go on reading. */
  protected final boolean isWanted() {
    return stopped.getCount() > 0;
  }

  @Override
  public final void start() {
    stopped = new CountDownLatch(1);
    thread = Thread.ofPlatform().daemon().name(name).start(this::keepReading);
  }

  @Override
  public final void stop() {
    stopped.countDown();
    var running = thread;
    wake(running);
    try {
      if (running != null && !running.join(STOP_WITHIN)) {
        log.warn("reader did not stop in time; its session ends by itself name={}", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread = null;
  }

  @Override
  public final boolean isRunning() {
    return thread != null;
  }

  /** Before the web server's, so that answers under way still see what they wait for. */
  @Override
  public final int getPhase() {
    return 0;
  }

  private void wake(@Nullable Thread running) {
    var open = consumer;
    if (open != null) {
      open.wakeup();
    } else if (running != null) {
      running.interrupt();
    }
  }

  private void keepReading() {
    var backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    while (isWanted()) {
      var begun = System.nanoTime();
      var admin = kafka.admin(name + "-admin");
      try {
        TopicsAtStart.ensure(admin, kafka);
        openAndRead(admin);
      } catch (WakeupException e) {
        log.debug("reader woken up name={}", name);
      } catch (ExecutionException | RuntimeException e) {
        log.error("reader failed and starts again; is the broker up? name={}", name, e);
        if (System.nanoTime() - begun > WENT_WELL_AFTER_NANOS) {
          backoff.reset();
        }
        rest(backoff.next());
      } catch (InterruptedException e) {
        return;
      } finally {
        admin.close(Duration.ZERO); // nobody waits for what it was asked
      }
    }
  }

  private void openAndRead(Admin admin) {
    var opened = open(kafka, name);
    consumer = opened;
    try {
      read(opened, admin);
    } finally {
      consumer = null;
      opened.close(CloseOptions.timeout(CLOSE_WITHIN));
    }
  }

  private void rest(Duration wait) {
    try {
      stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
