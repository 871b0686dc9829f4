package dev.muster.kafka.projection;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.kafka.topic.ConsumerJob;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;

/** Reads a topic into a store for as long as the service runs, in a thread of its own. */
public abstract class ProjectionFeed extends ConsumerJob {

  private final KafkaClients kafka;
  private final String topic;
  private final String group;
  private final PositionStore positions;
  private final Projection projection;
  private final InitialLoad initialLoad;
  private final FeedLag lag;
  private final FeedMeters meters;

  /**
   * @param group which feeds share the partitions
   * @param part what operators call it
   */
  protected ProjectionFeed(
      KafkaClients kafka,
      String topic,
      String group,
      String part,
      PositionStore positions,
      Projection projection,
      MeterRegistry meters) {
    super(kafka, group);
    this.kafka = kafka;
    this.topic = topic;
    this.group = group;
    this.positions = positions;
    this.projection = projection;
    this.initialLoad = new InitialLoad(part);
    this.lag = new FeedLag(topic);
    this.meters = new FeedMeters(meters, topic, lag);
  }

  /** How far the feed is behind what the topic held when it began. */
  public final InitialLoad initialLoad() {
    return initialLoad;
  }

  /** Global position of the newest event that can be read, of all partitions, or -1. */
  public final long newest() {
    return positions.all().stream().mapToLong(Position::newest).max().orElse(Position.NOTHING);
  }

  @Override
  protected final Consumer<String, byte[]> open(KafkaClients clients, String clientId) {
    return clients.groupConsumer(group, clientId);
  }

  @Override
  protected final void read(Consumer<String, byte[]> consumer) throws Exception {
    var admin = kafka.admin(name() + "-admin");
    try {
      var progress = new FeedProgress(initialLoad, lag, meters);
      var ends = new TopicEnds(topic, admin);
      new FeedSession(topic, consumer, ends, positions, projection, progress).run(this::isRunning);
    } finally {
      admin.close(Duration.ZERO); // nobody waits for what it was asked
    }
  }
}
