package dev.muster.command.deadline;

import dev.muster.command.eventstore.EventDatabase;
import dev.muster.command.publish.EventTail;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DeadlineConfiguration {

  @Bean
  EventTail deadlineKeeperTail(EventDatabase database) {
    return new EventTail(database, new DeadlineKeeper());
  }
}
