package dev.muster.query.feed;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.kafka.topic.ConsumerJob;
import dev.muster.query.store.Upserts;
import dev.muster.query.topic.TopicsAtStart;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.springframework.data.mongodb.core.MongoOperations;

/** Reads a topic into the read store for as long as the service runs, in a thread of its own. */
public final class TopicFeed extends ConsumerJob {

  private final KafkaClients kafka;
  private final Feed feed;
  private final ProjectionPositions positions;
  private final Projection projection;
  private final InitialLoad initialLoad;
  private final FeedLag lag;
  private final FeedMeters meters;

  TopicFeed(
      Feed feed,
      KafkaClients kafka,
      MongoOperations mongo,
      Upserts upserts,
      Projection projection,
      MeterRegistry meters) {
    super(kafka, feed.group());
    this.kafka = kafka;
    this.feed = feed;
    this.positions = new ProjectionPositions(mongo, upserts, feed);
    this.projection = projection;
    this.initialLoad = new InitialLoad(feed.part());
    this.lag = new FeedLag(feed.topic());
    this.meters = new FeedMeters(meters, feed.topic(), lag);
  }

  /** How far the feed is behind what the topic held when it began. */
  public InitialLoad initialLoad() {
    return initialLoad;
  }

  /** Global position of the newest event that can be read, of all partitions, or -1. */
  public long newest() {
    return positions.all().stream().mapToLong(Position::newest).max().orElse(Position.NOTHING);
  }

  /** Before the web server's, so that answers under way still see what they wait for. */
  @Override
  public int getPhase() {
    return TopicsAtStart.PHASE_OF_READERS;
  }

  @Override
  protected Consumer<String, byte[]> open(KafkaClients clients, String clientId) {
    return clients.groupConsumer(feed.group(), clientId);
  }

  @Override
  protected void read(Consumer<String, byte[]> consumer) throws Exception {
    var admin = kafka.admin(name() + "-admin");
    try {
      TopicsAtStart.ensure(admin, kafka);
      read(consumer, admin);
    } finally {
      admin.close(Duration.ZERO); // nobody waits for what it was asked
    }
  }

  private void read(Consumer<String, byte[]> consumer, Admin admin) {
    var ends = new TopicEnds(feed.topic(), admin);
    var session =
        new FeedSession(
            feed.topic(),
            consumer,
            ends,
            positions,
            projection,
            new FeedProgress(initialLoad, lag, meters));
    session.run(this::isRunning);
  }
}
