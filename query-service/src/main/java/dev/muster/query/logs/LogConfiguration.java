package dev.muster.query.logs;

import dev.muster.events.kafka.Topics;
import dev.muster.query.feed.Feed;
import dev.muster.query.feed.Feeds;
import dev.muster.query.feed.TopicFeed;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class LogConfiguration {

  static final Feed LOGS = new Feed(Topics.INSTANCE_LOGS, "query-logs", "logs", "log_positions", 1);

  @Bean
  LogSettings logSettings(Environment environment) {
    return LogSettings.read(environment);
  }

  @Bean
  TopicFeed instanceLogsFeed(Feeds feeds, LogProjection projection) {
    return feeds.feed(LOGS, projection);
  }
}
