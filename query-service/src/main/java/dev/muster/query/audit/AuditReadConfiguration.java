package dev.muster.query.audit;

import dev.muster.events.kafka.Topics;
import dev.muster.query.feed.Feed;
import dev.muster.query.feed.Feeds;
import dev.muster.query.feed.TopicFeed;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AuditReadConfiguration {

  static final Feed AUDIT =
      new Feed(Topics.AUDIT_LOG, "query-audit", "audit log", "audit_positions", 1);

  @Bean
  TopicFeed auditLogFeed(Feeds feeds, AuditProjection projection) {
    return feeds.feed(AUDIT, projection);
  }
}
