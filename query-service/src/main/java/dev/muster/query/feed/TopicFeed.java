package dev.muster.query.feed;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.query.store.Upserts;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.mongodb.core.MongoOperations;

/** Reads a topic into the read store for as long as the service runs, in a thread of its own. */
public final class TopicFeed implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(TopicFeed.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

  private static final long WENT_WELL_AFTER_NANOS = 60_000_000_000L;

  private final Feed feed;
  private final KafkaClients kafka;
  private final Positions positions;
  private final Projection projection;
  private final CatchUp catchUp;
  private volatile CountDownLatch stopped = new CountDownLatch(0);
  private volatile @Nullable Consumer<String, byte[]> consumer;
  private @Nullable Thread thread;

  public TopicFeed(
      Feed feed,
      KafkaClients kafka,
      MongoOperations mongo,
      Upserts upserts,
      Projection projection) {
    this.feed = feed;
    this.kafka = kafka;
    this.positions = new Positions(mongo, upserts, feed);
    this.projection = projection;
    this.catchUp = new CatchUp(feed.part());
  }

  /** How far the feed is behind what the topic held when it began. */
  public CatchUp catchUp() {
    return catchUp;
  }

  @Override
  public void start() {
    stopped = new CountDownLatch(1);
    thread = Thread.ofPlatform().daemon().name(feed.group()).start(this::keepReading);
  }

  @Override
  public void stop() {
    stopped.countDown();
    var open = consumer;
    if (open != null) {
      open.wakeup();
    }
    var running = thread;
    try {
      if (running != null && !running.join(STOP_WITHIN)) {
        LOG.warn(
            "feed did not stop in time; its partitions move when its session ends topic={}",
            feed.topic());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread = null;
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  /** Before the web server's, so that answers under way still see what they wait for. */
  @Override
  public int getPhase() {
    return 0;
  }

  private void keepReading() {
    var backoff = new Backoff(Duration.ofSeconds(5));
    while (isWanted()) {
      var begun = System.nanoTime();
      try (var admin = kafka.admin(feed.group() + "-admin")) {
        Topics.create(admin, kafka.settings().partitions(), kafka.settings().replication());
        readUntilStopped(new TopicEnds(feed.topic(), admin));
      } catch (WakeupException e) {
        LOG.debug("feed woken up topic={}", feed.topic());
      } catch (ExecutionException | RuntimeException e) {
        LOG.error("feed failed and starts again; is the broker up? topic={}", feed.topic(), e);
        if (System.nanoTime() - begun > WENT_WELL_AFTER_NANOS) {
          backoff.reset();
        }
        rest(backoff.next());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void readUntilStopped(TopicEnds ends) {
    var opened = kafka.groupConsumer(feed.group(), feed.group());
    consumer = opened;
    try {
      new FeedSession(feed.topic(), opened, ends, positions, projection, catchUp)
          .run(this::isWanted);
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

  private boolean isWanted() {
    return stopped.getCount() > 0;
  }
}
