package dev.muster.query.projection;

import dev.muster.events.kafka.Topics;
import dev.muster.ops.ready.ReadinessCheck;
import dev.muster.query.feed.Feed;
import dev.muster.query.feed.Feeds;
import dev.muster.query.feed.TopicFeed;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {

  private static final Feed EVENTS =
      new Feed(
          Topics.INSTANCE_EVENTS, EventProjection.GROUP, "read side", "projection_positions", 1);

  @Bean
  TopicFeed instanceEventsFeed(Feeds feeds, EventProjection projection) {
    return feeds.feed(EVENTS, projection);
  }

  @Bean
  ReadinessCheck readSideReadiness(TopicFeed instanceEventsFeed) {
    return instanceEventsFeed.initialLoad();
  }
}
