package dev.muster.query;

import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.RecordMac;
import dev.muster.events.kafka.Topics;
import dev.muster.ops.alarm.RefusedRecords;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.Environment;

/** The query service as a part: alone in a process, or together with the other services. */
@Configuration(proxyBeanMethods = false)
@ComponentScan(
    nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
    excludeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = QueryService.class))
@PropertySource("classpath:query-service.properties")
public class QueryServiceConfiguration {

  @Bean
  @ConditionalOnMissingBean
  KafkaClients kafkaClients(
      Environment environment, RefusedRecords refused, MeterRegistry registry) {
    refused.bindTo(registry, Topics.signed());
    return new KafkaClients(
        Binder.get(environment).bind("muster.kafka", KafkaSettings.class).get(),
        RecordMac.of(environment.getProperty(RecordMac.SETTING, "")),
        refused::refused);
  }
}
