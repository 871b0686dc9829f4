package dev.muster.query.feed;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.query.store.Upserts;
import dev.muster.query.topic.TopicReaderJob;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.springframework.data.mongodb.core.MongoOperations;

/** Reads a topic into the read store for as long as the service runs, in a thread of its own. */
public final class TopicFeed extends TopicReaderJob {

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
    super(feed.group(), kafka);
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

  @Override
  protected Consumer<String, byte[]> open(KafkaClients kafka, String clientId) {
    return kafka.groupConsumer(feed.group(), clientId);
  }

  @Override
  protected void read(Consumer<String, byte[]> consumer, Admin admin) {
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
