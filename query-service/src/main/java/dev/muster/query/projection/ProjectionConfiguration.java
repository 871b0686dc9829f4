package dev.muster.query.projection;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.ops.ready.ReadinessCheck;
import dev.muster.query.feed.Feed;
import dev.muster.query.feed.TopicFeed;
import dev.muster.query.store.Upserts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;

@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {

  private static final Feed EVENTS =
      new Feed(
          Topics.INSTANCE_EVENTS, EventProjection.GROUP, "read side", "projection_positions", 1);

  @Bean
  TopicFeed instanceEventsFeed(
      KafkaClients kafka,
      MongoOperations mongo,
      Upserts upserts,
      EventProjection projection,
      ObjectProvider<MeterRegistry> meters) {
    return new TopicFeed(
        EVENTS,
        kafka,
        mongo,
        upserts,
        projection,
        meters.getIfAvailable(CompositeMeterRegistry::new));
  }

  @Bean
  ReadinessCheck readSideReadiness(TopicFeed instanceEventsFeed) {
    return instanceEventsFeed.catchUp();
  }
}
