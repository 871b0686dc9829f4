package dev.muster.query.audit;

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
class AuditConfiguration {

  static final Feed AUDIT =
      new Feed(Topics.AUDIT_LOG, "query-audit", "audit log", "audit_positions", 1);

  @Bean
  TopicFeed auditLogFeed(
      KafkaClients kafka,
      MongoOperations mongo,
      Upserts upserts,
      AuditProjection projection,
      ObjectProvider<MeterRegistry> meters) {
    return new TopicFeed(
        AUDIT,
        kafka,
        mongo,
        upserts,
        projection,
        meters.getIfAvailable(CompositeMeterRegistry::new));
  }
}
