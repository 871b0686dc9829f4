package dev.muster.query.projection;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.query.feed.Feed;
import dev.muster.query.feed.TopicFeed;
import dev.muster.query.store.Upserts;
import dev.muster.web.health.ReadinessCheck;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;

@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {

  private static final Feed EVENTS =
      new Feed(Topics.INSTANCE_EVENTS, "query-projection", "read side", "projection_positions", 1);

  @Bean
  TopicFeed instanceEventsFeed(
      KafkaClients kafka, MongoOperations mongo, Upserts upserts, EventProjection projection) {
    return new TopicFeed(EVENTS, kafka, mongo, upserts, projection);
  }

  @Bean
  ReadinessCheck readSideReadiness(TopicFeed instanceEventsFeed) {
    return instanceEventsFeed.catchUp();
  }
}
