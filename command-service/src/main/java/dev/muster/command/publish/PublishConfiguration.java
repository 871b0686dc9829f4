package dev.muster.command.publish;

import dev.muster.command.eventstore.EventDatabase;
import dev.muster.command.eventstore.ReaderLag;
import dev.muster.command.metrics.Meters;
import dev.muster.command.topic.TopicMaker;
import dev.muster.events.kafka.KafkaClients;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PublishConfiguration {

  @Bean
  KafkaPublisher kafkaPublisher(KafkaClients kafka, TopicMaker topics) {
    return new KafkaPublisher(kafka, topics);
  }

  @Bean
  EventTail kafkaPublisherTail(EventDatabase database, KafkaPublisher publisher) {
    return new EventTail(database, publisher);
  }

  @Bean
  PublisherLag publisherLag(ReaderLag lag, Meters meters, Clock clock) {
    return new PublisherLag(lag, meters, clock);
  }
}
