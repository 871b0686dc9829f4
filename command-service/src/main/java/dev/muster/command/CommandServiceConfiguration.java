package dev.muster.command;

import dev.muster.command.audit.AuditSettings;
import dev.muster.command.eventstore.PostgreSqlSettings;
import dev.muster.command.settings.CommandSettings;
import dev.muster.command.start.CannotStartException;
import dev.muster.command.start.RequiredSettings;
import dev.muster.events.kafka.KafkaClients;
import dev.muster.events.kafka.KafkaSettings;
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
  KafkaClients kafkaClients(Environment environment) {
    return new KafkaClients(kafkaSettings(environment));
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

  /**
   * @throws CannotStartException that names everything which is missing or senseless
   */
  static void verify(Environment environment) {
    var problems =
        Stream.<Runnable>of(
                () -> kafkaSettings(environment),
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
