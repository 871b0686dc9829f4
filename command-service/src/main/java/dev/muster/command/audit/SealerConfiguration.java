package dev.muster.command.audit;

import dev.muster.command.eventstore.EventDatabase;
import dev.muster.command.publish.EventTail;
import dev.muster.command.topic.OrderedWriter;
import dev.muster.command.topic.TopicMaker;
import dev.muster.events.kafka.KafkaClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class SealerConfiguration {

  @Bean
  AuditSettings auditSettings(Environment environment) {
    return AuditSettings.of(environment);
  }

  @Bean
  Sealer auditSealer(
      EventDatabase database, KafkaClients kafka, TopicMaker topics, PublishedEvents published) {
    return new Sealer(
        new SaltStore(database),
        new OrderedWriter(kafka, topics, "command-audit-sealer"),
        published);
  }

  @Bean
  EventTail auditSealerTail(EventDatabase database, Sealer sealer) {
    return new EventTail(database, sealer);
  }

  @Bean
  CheckpointSigner checkpointSigner(
      EventDatabase database, KafkaClients kafka, TopicMaker topics, AuditSettings settings) {
    return new CheckpointSigner(
        database, new OrderedWriter(kafka, topics, "command-audit-signer"), settings);
  }
}
