package dev.muster.query.health;

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
import org.springframework.data.mongodb.core.MongoOperations;

@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

  private static final Feed HEALTH =
      new Feed(Topics.INSTANCE_HEALTH, "query-health", "health samples", "health_positions", 1);

  @Bean
  TopicFeed instanceHealthFeed(
      KafkaClients kafka,
      MongoOperations mongo,
      Upserts upserts,
      HealthProjection projection,
      ObjectProvider<MeterRegistry> meters) {
    return new TopicFeed(
        HEALTH,
        kafka,
        mongo,
        upserts,
        projection,
        meters.getIfAvailable(CompositeMeterRegistry::new));
  }
}
