package dev.muster.command;

import dev.muster.command.audit.AuditSettings;
import dev.muster.command.eventstore.PostgreSqlSettings;
import dev.muster.command.settings.CommandSettings;
import dev.muster.command.start.CannotStartException;
import dev.muster.command.start.RequiredSettings;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.KafkaSettings;
import dev.muster.events.kafka.RecordMac;
import dev.muster.events.kafka.Topics;
import dev.muster.ops.alarm.RefusedRecords;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
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
  KafkaClients kafkaClients(
      Environment environment, RefusedRecords refused, MeterRegistry registry) {
    refused.bindTo(registry, Topics.signed());
    return new KafkaClients(kafkaSettings(environment), recordMac(environment), refused::refused);
  }

  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  CommandSettings commandSettings(Environment environment) {
    return RequiredSettings.read(environment, "muster", CommandSettings.class);
  }

  static KafkaSettings kafkaSettings(Environment environment) {
    return RequiredSettings.read(
        environment, "muster.kafka", KafkaSettings.class, "muster.kafka.bootstrap-servers");
  }

  private static RecordMac recordMac(Environment environment) {
    try {
      return RecordMac.of(environment.getProperty(RecordMac.SETTING, ""));
    } catch (IllegalArgumentException e) {
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * @throws CannotStartException that names everything which is missing or senseless
   */
  static void verify(Environment environment) {
    var problems =
        Stream.<Runnable>of(
                () -> kafkaSettings(environment),
                () -> recordMac(environment),
                () -> PostgreSqlSettings.of(environment),
                () -> AuditSettings.of(environment),
                () -> RequiredSettings.read(environment, "muster", CommandSettings.class),
                () -> RequiredSettings.require(environment, "muster.api-key"))
            .flatMap(CommandServiceConfiguration::problem)
            .toList();
    if (!problems.isEmpty()) {
      throw new CannotStartException(String.join("; ", problems));
    }
  }

  private static Stream<String> problem(Runnable check) {
    try {
      check.run();
      return Stream.empty();
    } catch (CannotStartException e) {
      return Stream.of(String.valueOf(e.getMessage()));
    }
  }
}
