package dev.muster.query.feed;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.kafka.projection.Projection;
import dev.muster.query.store.Upserts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Makes feeds of this service's broker and read store. */
@Component
public final class Feeds {

  private final KafkaClients kafka;
  private final MongoOperations mongo;
  private final Upserts upserts;
  private final MeterRegistry meters;

  Feeds(
      KafkaClients kafka,
      MongoOperations mongo,
      Upserts upserts,
      ObjectProvider<MeterRegistry> meters) {
    this.kafka = kafka;
    this.mongo = mongo;
    this.upserts = upserts;
    this.meters = meters.getIfAvailable(CompositeMeterRegistry::new);
  }

  public TopicFeed feed(Feed feed, Projection projection) {
    var positions = new ProjectionPositions(mongo, upserts, feed);
    return new TopicFeed(feed, kafka, positions, projection, meters);
  }
}
