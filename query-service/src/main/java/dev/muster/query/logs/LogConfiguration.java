package dev.muster.query.logs;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.Topics;
import dev.muster.query.feed.Feed;
import dev.muster.query.feed.TopicFeed;
import dev.muster.query.store.Upserts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.mongodb.core.MongoOperations;

@Configuration(proxyBeanMethods = false)
class LogConfiguration {

  static final Feed LOGS = new Feed(Topics.INSTANCE_LOGS, "query-logs", "logs", "log_positions", 1);

  @Bean
  LogSettings logSettings(Environment environment) {
    return LogSettings.read(environment);
  }

  @Bean
  TopicFeed instanceLogsFeed(
      KafkaClients kafka,
      MongoOperations mongo,
      Upserts upserts,
      LogProjection projection,
      ObjectProvider<MeterRegistry> meters) {
    return new TopicFeed(
        LOGS,
        kafka,
        mongo,
        upserts,
        projection,
        meters.getIfAvailable(CompositeMeterRegistry::new));
  }
}
