package dev.muster.query.feed;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.query.store.Upserts;
import dev.muster.query.topic.TopicReader;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.springframework.data.mongodb.core.MongoOperations;

/** Reads a topic into the read store for as long as the service runs, in a thread of its own. */
public final class TopicFeed extends TopicReader {

  private final Feed feed;
  private final Positions positions;
  private final Projection projection;
  private final CatchUp catchUp;
  private final Lag lag;
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
    this.positions = new Positions(mongo, upserts, feed);
    this.projection = projection;
    this.catchUp = new CatchUp(feed.part());
    this.lag = new Lag(feed.topic());
    this.meters = new FeedMeters(meters, feed.topic(), lag);
  }

  /** How far the feed is behind what the topic held when it began. */
  public CatchUp catchUp() {
    return catchUp;
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
            feed.topic(), consumer, ends, positions, projection, new Watch(catchUp, lag, meters));
    session.run(this::isRunning);
  }
}
