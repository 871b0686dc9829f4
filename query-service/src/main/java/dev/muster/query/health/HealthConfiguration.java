package dev.muster.query.health;

import dev.muster.events.kafka.Topics;
import dev.muster.query.feed.Feed;
import dev.muster.query.feed.Feeds;
import dev.muster.query.feed.TopicFeed;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

  private static final Feed HEALTH =
      new Feed(Topics.INSTANCE_HEALTH, "query-health", "health samples", "health_positions", 1);

  @Bean
  TopicFeed instanceHealthFeed(Feeds feeds, HealthProjection projection) {
    return feeds.feed(HEALTH, projection);
  }
}
