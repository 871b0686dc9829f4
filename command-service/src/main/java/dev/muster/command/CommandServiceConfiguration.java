package dev.muster.command;

import dev.muster.command.settings.CommandSettings;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.KafkaSettings;
import java.time.Clock;
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

/** The command service as a part: alone in a process, or together with the other services. */
@Configuration(proxyBeanMethods = false)
@ComponentScan(
    nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
    excludeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = CommandService.class))
@PropertySource("classpath:command-service.properties")
public class CommandServiceConfiguration {

  @Bean
  @ConditionalOnMissingBean
  KafkaClients kafkaClients(Environment environment) {
    return new KafkaClients(
        Binder.get(environment).bind("muster.kafka", KafkaSettings.class).get());
  }

  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  CommandSettings commandSettings(Environment environment) {
    return Binder.get(environment).bind("muster", CommandSettings.class).get();
  }
}
